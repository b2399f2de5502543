/** For main-thread.mjs: the analyzer that it measures, wherever it runs. */
import { createAnalyzer, openCheckpoint } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { urlSource, webRuntime } from '@facexformer/runtime-web';
import { allTasks } from '@facexformer/tasks';

export async function openAnalyzer({ smallestFace, worker }) {
  return createAnalyzer({
    runtime: webRuntime({
      device: 'wasm',
      threads: 1,
      assets: new URL('/ort/', location.href),
      ...(worker && { worker }),
    }),
    checkpoint: await openCheckpoint(await urlSource('/weights/mini.safetensors')),
    detector: blazeFace({ smallestFace }),
    tasks: allTasks(),
  });
}
