import { type Analyzer, createAnalyzer, openCheckpoint } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { miniModel, miniModelHash } from '@facexformer/model-mini';
import { type DownloadProgress, urlSource, type WebImage, webRuntime } from '@facexformer/runtime-web';
import { allTasks } from '@facexformer/tasks';
import { withBase } from 'vitepress';

/** Where the playground may run its network. */
export type PlaygroundDevice = 'wasm' | 'webgpu';

/** All nine tasks in the visitor's browser. */
export type PlaygroundAnalyzer = Analyzer<WebImage, ReturnType<typeof allTasks>>;

/** One face with whatever tasks are switched on. */
export type PlaygroundFace = Awaited<ReturnType<PlaygroundAnalyzer['analyze']>>[number];

/** Name of a task. */
export type TaskName = ReturnType<typeof allTasks>[number]['name'];

/** The names in the order of the result. */
export const TASK_NAMES: readonly TaskName[] = allTasks().map(({ name }) => name);

/** The demo photo: the astronaut Eileen Collins, a NASA portrait in the public domain. */
export const demoPhoto = (): URL => new URL(withBase('/playground/astronaut.png'), location.href);

/** Loads the weights, which the browser keeps for the next visit, and opens them on a device, in a worker, so that the page stays responsive. */
export async function openAnalyzer(
  device: PlaygroundDevice,
  onProgress: (progress: DownloadProgress) => void,
): Promise<PlaygroundAnalyzer> {
  const checkpoint = await openCheckpoint(await urlSource(miniModel, { hash: miniModelHash, onProgress }));
  return createAnalyzer({
    runtime: webRuntime({
      device,
      worker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
    }),
    checkpoint,
    detector: blazeFace(),
    tasks: allTasks(),
  });
}
