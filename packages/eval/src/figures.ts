import type { Outcome } from './evaluate.js';
import type { Figures, Judge, Verdict } from './judges/judge.js';
import { JUDGES } from './judges/judges.js';

/** A task's verdicts, and the outcomes they come from, in the same order. */
export interface Judged {
  readonly judge: Judge;
  readonly verdicts: readonly Verdict[];
  readonly outcomes: readonly Outcome[];
}

/** The verdicts of each task that has any. */
export function judgedTasks(outcomes: readonly Outcome[]): readonly Judged[] {
  return JUDGES.flatMap((judge) => {
    const own = outcomes.filter(({ verdicts }) => verdicts[judge.task]);
    if (own.length === 0) return [];
    return [{ judge, outcomes: own, verdicts: own.map(({ verdicts }) => verdicts[judge.task]!) }];
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
export const figuresOf = (outcomes: readonly Outcome[]): Figures =>
  Object.assign(
    {},
    ...judgedTasks(outcomes).map(({ judge, verdicts }) => ({
      [`${judge.task}.n`]: verdicts.length,
      ...judge.figures(verdicts),
    })),
    detectionRates(outcomes),
  ) as Figures;
