import { type Checkpoint, FaceXFormerError, openCheckpoint, type Task } from '@facexformer/core';
import { fileSource } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';
import { untrainedCheckpoint } from './untrained.js';

/** The checkpoint of a path, or the embedded default. */
export async function openModel(path: string | undefined): Promise<Checkpoint> {
  return path === undefined ? untrainedCheckpoint() : openCheckpoint(await fileSource(path));
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
