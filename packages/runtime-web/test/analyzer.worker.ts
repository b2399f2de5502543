import { createAnalyzer, openCheckpoint } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { miniModel, miniModelHash } from '@facexformer/model-mini';
import { allTasks } from '@facexformer/tasks';
import { urlSource, webRuntime } from '../src/index.ts';

/** What the tests ask of the page and of the worker. */
export async function openAnalyzer() {
  return createAnalyzer({
    runtime: webRuntime({ device: 'wasm', threads: 1 }),
    checkpoint: await openCheckpoint(await urlSource(miniModel, { hash: miniModelHash })),
    detector: blazeFace({ smallestFace: { share: 1 / 8 } }),
    tasks: allTasks(),
  });
}

if (typeof document === 'undefined') {
  const opening = openAnalyzer();
  addEventListener('message', async ({ data: photo }: MessageEvent<Blob>) => {
    const analyzer = await opening;
    const faces = await analyzer.analyze(photo);
    postMessage({ faces, drawings: analyzer.draw(faces) });
  });
}
