import { flagList, type Metrics, total, type Verdict } from '@facexformer/core/task';
import { vocabulary } from './vocabulary.js';

const COUNT = vocabulary.labels.length;

/** The precision at which COFW states the recall of hidden points. */
const PRECISION = 0.8;

/**
 * The protocol of COFW: all points of all faces are ranked by the probability of being hidden, and
 * `visibility.recallAt80` is the highest recall whose precision is at least 0.8. `visibility.accuracy` decides at 0.5.
 */
export const metrics: Metrics = {
  headlines: [
    {
      figure: 'visibility.recallAt80',
      title: 'hidden points, recall at 80 % precision',
      unit: 'share',
      better: 'higher',
      audited: true,
    },
  ],
  judge({ raw }, label) {
    const hidden = flagList('visibility', label, COUNT);
    const right = hidden.filter((value, i) => raw.data[i]! >= 0 === value > 0).length;
    return { sums: Float64Array.of(COUNT, right), logits: raw.data.slice(), target: hidden };
  },
  figures(verdicts) {
    const [n = 0, right = 0] = total(verdicts, 2);
    if (n === 0) return {};
    const recall = recallAtPrecision(verdicts.flatMap(pairs), PRECISION);
    return {
      ...(recall !== undefined && { 'visibility.recallAt80': recall }),
      'visibility.accuracy': right / n,
    };
  },
};

type Pair = readonly [score: number, positive: number];

const pairs = ({ logits, target }: Verdict): readonly Pair[] =>
  Array.from(logits ?? [], (score, i): Pair => [score, typeof target === 'object' ? target[i]! : 0]);

/**
 * The highest recall at which precision is at least `precision`, over all thresholds; equal scores stand or fall
 * together. Undefined without positives.
 */
export function recallAtPrecision(scored: readonly Pair[], precision: number): number | undefined {
  const positives = scored.filter(([, positive]) => positive > 0).length;
  if (positives === 0) return undefined;
  const ranked = scored.toSorted((a, b) => b[0] - a[0]);
  let [found, best] = [0, 0];
  for (const [i, [score, positive]] of ranked.entries()) {
    if (positive > 0) found += 1;
    const isLast = ranked[i + 1]?.[0] !== score;
    if (isLast && found / (i + 1) >= precision) best = found;
  }
  return best / positives;
}
