import { FaceXFormerError } from '../base/errors.js';
import type { Task } from './task.js';

/**
 * The tasks of these names, in their order; all tasks without names.
 * @throws {FaceXFormerError} `UNKNOWN_TASK` naming the tasks that there are.
 */
export function chooseTasks(tasks: readonly Task[], names: readonly string[] | undefined): readonly Task[] {
  if (!names) return tasks;
  return names.map((name) => {
    const task = tasks.find((candidate) => candidate.name === name);
    if (task) return task;
    const registered = tasks.map((candidate) => candidate.name).join(', ');
    throw new FaceXFormerError('UNKNOWN_TASK', `no task "${name}" is registered; there are ${registered}`);
  });
}
