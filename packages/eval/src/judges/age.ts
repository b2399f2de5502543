import { argmaxOf } from '@facexformer/core/task';
import type { Age } from '@facexformer/tasks';
import { type Judge, share, total } from './judge.js';

/** Decades, the last one open: the paper's bins, whatever bins a checkpoint uses. */
const DECADES = 8;

/** The decade 0..7 of an age in years; 7 is 70 and above. */
export const decadeOf = (years: number): number => Math.min(Math.max(Math.floor(years / 10), 0), DECADES - 1);

/**
 * Age. `age.mae` is the mean absolute error of the estimate in years, the protocol of UTKFace. `age.bin` is the share of
 * faces whose most probable decade (0-9, ..., 60-69, 70+) is right; finer bins of a checkpoint are added up. Where the
 * truth is a range, as in FairFace, only the decade is judged.
 */
export const judgeAge: Judge = {
  task: 'age',
  judge({ raw, result, vocabulary }, { age }) {
    if (age === undefined) return undefined;
    const { years, bins } = result as Age;
    const exact = typeof age === 'number';
    const likely = Number(likeliestDecade(bins) === decadeOf(exact ? age : age.from));
    if (!exact) return { sums: Float64Array.of(0, 0, 1, likely) };
    const target = binOf(vocabulary.labels, age);
    return {
      sums: Float64Array.of(1, Math.abs(years - age), 1, likely),
      ...(target >= 0 && { logits: raw.data.slice(), target }),
    };
  },
  figures(verdicts) {
    const [exact, error, n, right] = total(verdicts, 4) as unknown as [number, number, number, number];
    return { ...share('age.mae', error, exact), ...share('age.bin', right, n) };
  },
};

function likeliestDecade(bins: Age['bins']): number {
  const decades = new Array<number>(DECADES).fill(0);
  for (const { years, probability } of bins) decades[decadeOf(years)]! += probability;
  return argmaxOf(decades);
}

/** The bin that an age falls into, by labels such as `20-29`, `31` and `70+`; -1 where none holds it. */
export function binOf(labels: readonly string[], years: number): number {
  return labels.findIndex((label) => {
    const [from, to = label.endsWith('+') ? Number.POSITIVE_INFINITY : from!] = label
      .replace('+', '')
      .split('-')
      .map(Number);
    return years >= from! && years < to + 1;
  });
}
