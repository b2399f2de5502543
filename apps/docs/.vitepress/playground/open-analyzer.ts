import { type Analyzer, createAnalyzer } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import type { DownloadProgress, WebImage } from '@facexformer/runtime-web';
import { allTasks } from '@facexformer/tasks';
import { withBase } from 'vitepress';
import { type Device, openBase } from './open-base.ts';

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

/** All nine tasks on a device. */
export async function openAnalyzer(
  device: Device,
  onProgress: (progress: DownloadProgress) => void,
): Promise<PlaygroundAnalyzer> {
  return createAnalyzer({
    ...(await openBase(device, onProgress)),
    detector: blazeFace(),
    tasks: allTasks(),
  });
}
