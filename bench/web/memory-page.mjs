/** Runs in Chromium for memory.mjs: streams a moving face, and tells the page's memory. */
import { createAnalyzer, openCheckpoint } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { urlSource, webRuntime } from '@facexformer/runtime-web';
import { allTasks } from '@facexformer/tasks';

let analyzer;

globalThis.open = async () => {
  analyzer = await createAnalyzer({
    runtime: webRuntime({ device: 'wasm', threads: 1, assets: '/ort/' }),
    checkpoint: await openCheckpoint(await urlSource('/weights/mini.safetensors')),
    detector: blazeFace({ smallestFace: { share: 1 / 8 } }),
    tasks: allTasks(),
  });
};

globalThis.close = () => analyzer.dispose();

let shown = 0;

/** Analyses so many frames of the astronaut, who sways; returns how many showed a face. */
globalThis.frames = async (count) => {
  const photo = await createImageBitmap(await (await fetch('/fixtures/astronaut.png')).blob());
  const canvas = new OffscreenCanvas(320, 240);
  const context = canvas.getContext('2d');
  async function* source() {
    for (let i = 0; i < count; i += 1, shown += 1) {
      context.drawImage(photo, -60 + 20 * Math.sin(shown / 10), 0);
      const image = new VideoFrame(canvas, { timestamp: shown * 33_000 });
      yield { image, time: shown * 33, release: () => image.close() };
    }
  }
  let faces = 0;
  for await (const frame of analyzer.stream(source(), { keep: 'all' }))
    faces += Math.sign(frame.faces.length);
  return faces;
};

globalThis.memory = async () => (await performance.measureUserAgentSpecificMemory()).bytes;
