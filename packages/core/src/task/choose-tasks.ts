import { nameOf, nearestOf } from '../base/arguments.js';
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
    const registered = tasks.map((candidate) => candidate.name);
    const nearest = nearestOf(name, registered);
    const advice =
      nearest === undefined ? `there are ${registered.join(', ')}` : `did you mean "${nearest}"?`;
    throw new FaceXFormerError('UNKNOWN_TASK', `no task ${nameOf(name)} is registered: ${advice}`);
  });
}
