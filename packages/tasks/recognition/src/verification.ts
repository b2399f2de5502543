import type { Figures } from '@facexformer/core/task';

/** How alike two photos are, and whether they show the same person. */
export interface Pair {
  /** -1..1 */
  readonly similarity: number;
  readonly same: boolean;
  /** 0..9 */
  readonly fold: number;
}

const FOLDS = 10;

/** Similarities are counted in so many steps between -1 and 1; a threshold is the lower end of one. */
const STEPS = 1000;

/** Pairs by step of similarity. */
interface Counts {
  readonly same: Uint32Array;
  readonly other: Uint32Array;
}

/**
 * The figures of face verification: `accuracy` by ten folds, each judged by the threshold that is best on the other
 * nine (the protocol of LFW); `auc`, the area under the receiver operating curve; the true accept rate at 1 and at 0.1 %
 * false accepts; and `threshold`, the best on all pairs. None without pairs of both kinds.
 */
export function verificationFigures(task: string, pairs: readonly Pair[]): Figures {
  const folds = Array.from({ length: FOLDS }, (_, fold) => count(pairs.filter((pair) => pair.fold === fold)));
  const all = sum(folds);
  const [same, other] = [size(all.same), size(all.other)];
  if (same === 0 || other === 0) return {};
  const rightInFolds = folds.map((fold) => rightAt(fold, bestStep(sum(folds.filter((one) => one !== fold)))));
  return {
    [`${task}.accuracy`]: rightInFolds.reduce((total, right) => total + right, 0) / (same + other),
    [`${task}.auc`]: areaUnderCurve(all) / (same * other),
    [`${task}.tar1`]: trueAccepts(all, 0.01) / same,
    [`${task}.tar01`]: trueAccepts(all, 0.001) / same,
    [`${task}.threshold`]: (2 * bestStep(all)) / STEPS - 1,
  };
}

function count(pairs: readonly Pair[]): Counts {
  const counts = { same: new Uint32Array(STEPS), other: new Uint32Array(STEPS) };
  for (const { similarity, same } of pairs) {
    const step = Math.floor(((similarity + 1) / 2) * STEPS);
    counts[same ? 'same' : 'other'][Math.min(Math.max(step, 0), STEPS - 1)]! += 1;
  }
  return counts;
}

function sum(parts: readonly Counts[]): Counts {
  const add = (kind: keyof Counts): Uint32Array =>
    new Uint32Array(STEPS).map((_, i) => parts.reduce((total, part) => total + part[kind][i]!, 0));
  return { same: add('same'), other: add('other') };
}

const size = (counts: Uint32Array): number => counts.reduce((total, one) => total + one, 0);

/** Pairs that are told right when those from `threshold` on are taken for the same person. */
const rightAt = ({ same, other }: Counts, threshold: number): number =>
  size(same.subarray(threshold)) + size(other.subarray(0, threshold));

/** The threshold that tells most pairs right; of several beside each other the middle one. */
function bestStep({ same, other }: Counts): number {
  let [first, last, right] = [0, 0, size(same)];
  let most = right;
  for (let step = 0; step < STEPS; step += 1) {
    right += other[step]! - same[step]!;
    if (right > most) [most, first, last] = [right, step + 1, step + 1];
    else if (right === most && last === step) last = step + 1;
  }
  return Math.floor((first + last) / 2);
}

/** Pairs of pairs, one of the same person and one not, of which the former is more alike; equal ones count half. */
function areaUnderCurve({ same, other }: Counts): number {
  let [below, area] = [0, 0];
  for (let step = 0; step < STEPS; step += 1) {
    area += same[step]! * (below + other[step]! / 2);
    below += other[step]!;
  }
  return area;
}

/** Pairs of the same person that are accepted by the lowest threshold with at most a share of false accepts. */
function trueAccepts({ same, other }: Counts, share: number): number {
  const allowed = share * size(other);
  let [accepts, falseAccepts] = [0, 0];
  for (let step = STEPS - 1; step >= 0; step -= 1) {
    falseAccepts += other[step]!;
    if (falseAccepts > allowed) break;
    accepts += same[step]!;
  }
  return accepts;
}
