/** The application that tools/browser-pages.mjs puts on pages of several kinds. */
import { createAnalyzer, openCheckpoint } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { miniModel, miniModelHash } from '@facexformer/model-mini';
import { urlSource, webRuntime } from '@facexformer/runtime-web';
import { age } from '@facexformer/task-age';

const worker = () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });

globalThis.analyse = async (photo, place) => {
  const analyzer = await createAnalyzer({
    runtime: webRuntime({ device: 'wasm', threads: 2, ...(place === 'worker' && { worker }) }),
    checkpoint: await openCheckpoint(await urlSource(miniModel, { hash: miniModelHash })),
    detector: blazeFace({ smallestFace: { share: 1 / 8 } }),
    tasks: [age()],
  });
  const faces = await analyzer.analyze(await (await fetch(photo)).blob());
  const { device } = analyzer;
  await analyzer.dispose();
  return { device, isolated: crossOriginIsolated, ages: faces.map((face) => face.age.years) };
};
