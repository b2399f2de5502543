import type { Task } from '@facexformer/core';
import { demand, having, listOf, OBJECT, TASK } from '@facexformer/core/arguments';
import type { Figures, Metrics, Verdict } from '@facexformer/core/task';
import type { Outcome } from './evaluate.js';

/** A task's verdicts, and the outcomes they come from, in the same order. */
export interface Judged {
  readonly task: Task;
  readonly metrics: Metrics;
  readonly verdicts: readonly Verdict[];
  readonly outcomes: readonly Outcome[];
}

const OUTCOMES = listOf(having('what evaluate gives of a face', { verdicts: OBJECT, groups: OBJECT }));

/** The verdicts of each task that has any, in the order of the tasks. */
export function judgedTasks(outcomes: readonly Outcome[], tasks: readonly Task[]): readonly Judged[] {
  demand(outcomes, OUTCOMES, 'the outcomes of an evaluation');
  demand(tasks, listOf(TASK), 'the tasks of an evaluation');
  return tasks.flatMap((task): Judged[] => {
    const { name, metrics } = task;
    const own = outcomes.filter(({ verdicts }) => verdicts[name]);
    if (own.length === 0 || !metrics) return [];
    return [{ task, metrics, outcomes: own, verdicts: own.map(({ verdicts }) => verdicts[name]!) }];
  });
}

/** The share of each set's faces that the detector found, as `detected.<set>`. */
function detectionRates(outcomes: readonly Outcome[]): Figures {
  const searched = outcomes.filter(({ detected }) => detected !== undefined);
  const sets = [...new Set(searched.map(({ set }) => set))];
  return Object.fromEntries(
    sets.map((name) => {
      const own = searched.filter(({ set }) => set === name);
      return [`detected.${name}`, own.filter(({ detected }) => detected).length / own.length];
    }),
  );
}

/** All figures under stable names, the number of faces behind each task's as `<task>.n`, and the detection rates. */
export const figuresOf = (outcomes: readonly Outcome[], tasks: readonly Task[]): Figures =>
  Object.assign(
    {},
    ...judgedTasks(outcomes, tasks).map(({ task, metrics, verdicts }) => ({
      [`${task.name}.n`]: verdicts.length,
      ...metrics.figures(verdicts),
    })),
    detectionRates(outcomes),
  );
