import { type Checkpoint, FaceXFormerError, openCheckpoint, type Task } from '@facexformer/core';
import { fileSource } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';
import { untrainedCheckpoint } from './untrained.js';

/** Opens a checkpoint file of any format; a file that is refused is closed again. */
export async function openFile(path: string): Promise<Checkpoint> {
  const source = await fileSource(path);
  try {
    return await openCheckpoint(source);
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** The checkpoint of a path; without one the trained `model-mini` where it is installed, else untrained weights. */
export async function openModel(path: string | undefined): Promise<Checkpoint> {
  return path === undefined ? ((await miniModel()) ?? untrainedCheckpoint()) : openFile(path);
}

const MINI: string = '@facexformer/model-mini';

/** @throws what a damaged `model-mini` throws; undefined where it is not installed. */
async function miniModel(): Promise<Checkpoint | undefined> {
  let mini: { readonly miniCheckpoint: () => Promise<Checkpoint> };
  try {
    mini = await import(/* @vite-ignore */ MINI);
  } catch (error) {
    const { message } = error as Error;
    if (/Cannot find (module|package)|Failed to load url/.test(message) && message.includes(MINI))
      return undefined;
    throw error;
  }
  return mini.miniCheckpoint();
}

/**
 * The built-in tasks to run: those asked for, or all that the checkpoint has.
 * @throws {FaceXFormerError} `UNKNOWN_TASK` naming the choices.
 */
export function chooseTasks({ info }: Checkpoint, asked: string | undefined): readonly Task[] {
  const known = new Set(info.model.tasks.map(({ name }) => name));
  const available: readonly Task[] = allTasks().filter(({ name }) => known.has(name));
  if (asked === undefined) return available;
  return asked.split(',').map((name) => {
    const task = available.find((candidate) => candidate.name === name.trim());
    if (task) return task;
    const names = available.map((candidate) => candidate.name).join(', ');
    throw new FaceXFormerError(
      'UNKNOWN_TASK',
      `model "${info.provenance.name}" has no task "${name}"; it has ${names}`,
    );
  });
}
