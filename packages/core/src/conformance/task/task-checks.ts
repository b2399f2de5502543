import { demand, OBJECT } from '../../base/arguments.js';
import { TASK, type Task } from '../../task/task.js';
import type { TaskCheck } from './check.js';
import { decodeChecks } from './decode-checks.js';
import { anchorChecks, drawChecks } from './draw-checks.js';
import { headChecks } from './head-checks.js';
import { learningChecks } from './learning-checks.js';
import { metricsChecks, perfectionChecks } from './metrics-checks.js';
import { smoothChecks } from './smooth-checks.js';
import { subjectOf, type TaskExamples } from './subject.js';

/**
 * What every task has to do, for a test runner of your choice:
 *
 * ```ts
 * for (const check of taskChecks(eyeglasses())) it(check.name, check.run);
 * ```
 * What a task leaves out, such as drawing, is not checked.
 */
export function taskChecks(task: Task, examples: TaskExamples = {}): readonly TaskCheck[] {
  demand(task, TASK, 'taskChecks: task');
  demand(examples, OBJECT, 'taskChecks: examples');
  const promised = [
    ...headChecks,
    ...decodeChecks,
    ...(task.draw ? drawChecks : []),
    ...(task.anchors ? anchorChecks : []),
    ...(task.smooth ? smoothChecks : []),
    ...(task.learning ? learningChecks : []),
    ...(task.metrics ? metricsChecks : []),
    ...(task.metrics && task.learning ? perfectionChecks : []),
  ];
  return promised.map(([name, keep]) => ({ name, run: () => keep(subjectOf(task, examples)) }));
}
