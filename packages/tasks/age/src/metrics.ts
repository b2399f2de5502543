import { argmaxOf, type Metrics, share, total } from '@facexformer/core/task';
import { ageOf } from './label.js';

/** What is judged of a result. */
interface EstimatedAge {
  readonly years: number;
  readonly bins: readonly { readonly years: number; readonly probability: number }[];
}

/** Decades, the last one open: the paper's bins, whatever bins a checkpoint uses. */
const DECADES = 8;

/** First years of the groups that a bias audit compares. */
const GROUPS = [0, 10, 20, 40, 60] as const;

/**
 * `age.mae` is the mean absolute error of the estimate in years, the protocol of UTKFace. `age.bin` is the share of
 * faces whose most probable decade (0-9, ..., 60-69, 70+) is right; finer bins of a checkpoint are added up. Where the
 * truth is a range, as in FairFace, only the decade is judged.
 */
export const metrics: Metrics<EstimatedAge> = {
  headlines: [
    {
      figure: 'age.mae',
      title: 'age, mean absolute error',
      unit: 'years',
      better: 'lower',
      audited: true,
    },
    { figure: 'age.bin', title: 'age, decade right', unit: 'share', better: 'higher' },
  ],
  judge({ raw, result: { years, bins }, vocabulary }, label) {
    const truth = ageOf(label);
    const isExact = typeof truth === 'number';
    const right = Number(likeliestDecade(bins) === decadeOf(isExact ? truth : truth.from));
    if (!isExact) return { sums: Float64Array.of(0, 0, 1, right) };
    const target = binOf(vocabulary.labels, truth);
    return {
      sums: Float64Array.of(1, Math.abs(years - truth), 1, right),
      ...(target >= 0 && { logits: raw.data.slice(), target }),
    };
  },
  figures(verdicts) {
    const [exact = 0, error = 0, n = 0, right = 0] = total(verdicts, 4);
    return { ...share('age.mae', error, exact), ...share('age.bin', right, n) };
  },
  group(label) {
    const age = ageOf(label);
    return groupOf(typeof age === 'number' ? age : age.from);
  },
  predictedGroup: ({ years }) => groupOf(years),
};

/** The decade 0..7 of an age in years; 7 is 70 and above. */
export const decadeOf = (years: number): number => Math.min(Math.max(Math.floor(years / 10), 0), DECADES - 1);

/** The group of an age in years, such as `20-39`; the last is `60+`. */
export function groupOf(years: number): string {
  const index = Math.max(
    GROUPS.findLastIndex((from) => years >= from),
    0,
  );
  const end = GROUPS[index + 1];
  return end === undefined ? `${GROUPS[index]}+` : `${GROUPS[index]}-${end - 1}`;
}

function likeliestDecade(bins: EstimatedAge['bins']): number {
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
