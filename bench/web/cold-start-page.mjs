/** A minimal application for cold-start.mjs: one photo, all tasks, as soon as the page is there. */
import { createAnalyzer, openCheckpoint } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { urlSource, webRuntime } from '@facexformer/runtime-web';
import { allTasks } from '@facexformer/tasks';

const marks = {};
const mark = (name) => {
  marks[name] = Math.round(performance.now());
};

mark('script');
const checkpoint = await openCheckpoint(await urlSource('/weights/mini.safetensors'));
mark('weights');
const analyzer = await createAnalyzer({
  runtime: webRuntime({ device: 'wasm', threads: 1, assets: '/ort/' }),
  checkpoint,
  detector: blazeFace({ smallestFace: { share: 1 / 8 } }),
  tasks: allTasks(),
});
mark('opened');
const faces = await analyzer.analyze(await (await fetch('/fixtures/astronaut.png')).blob());
mark('result');
globalThis.outcome = { faces: faces.length, marks };
