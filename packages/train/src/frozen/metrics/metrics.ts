import type { Measured, Task } from '@facexformer/core';
import { argmaxOf, type LossKind } from '@facexformer/core/task';
import { auc } from './auc.js';
import { measure } from './bootstrap.js';
import { meanProportion, proportion } from './proportion.js';
import { type Metric, mean, type Row } from './row.js';

/** Photos that are right, and the same of each class, averaged over the classes. */
function sharesOf(rows: readonly Row[]): Readonly<Record<string, Measured>> {
  const classes = new Map<number, boolean[]>();
  for (const { raw, target } of rows) {
    const truth = argmaxOf(target);
    classes.set(truth, [...(classes.get(truth) ?? []), argmaxOf(raw) === truth]);
  }
  const share = (right: readonly boolean[]): Measured =>
    proportion(right.filter(Boolean).length, right.length);
  return {
    balancedAccuracy: meanProportion([...classes.values()].map(share)),
    accuracy: share([...classes.values()].flat()),
  };
}

/** How well the second class is told from the first, whatever the threshold. */
const binaryAuc: Metric = (rows) =>
  rows[0]?.target.length === 2
    ? auc(
        rows.map(({ raw }) => raw[1]! - raw[0]!),
        rows.map(({ target }) => target[1] === 1),
      )
    : Number.NaN;

const labelsOf = (rows: readonly Row[]): readonly number[] => Array.from(rows[0]?.target ?? [], (_, i) => i);

const labelAccuracy: Metric = (rows) =>
  mean(
    rows.map(({ raw, target }) =>
      mean(Array.from(raw, (value, i) => Number(value > 0 === (target[i] === 1)))),
    ),
  );

/** Balanced accuracy of each label that has both answers, averaged. */
const labelBalancedAccuracy: Metric = (rows) =>
  mean(
    labelsOf(rows).flatMap((i) => {
      const right = (truth: number): readonly number[] =>
        rows.flatMap(({ raw, target }) =>
          target[i] === truth ? [Number(raw[i]! > 0 === (truth === 1))] : [],
        );
      const [no, yes] = [right(0), right(1)];
      return no.length > 0 && yes.length > 0 ? [(mean(no) + mean(yes)) / 2] : [];
    }),
  );

const error: Metric = (rows) =>
  mean(rows.map(({ raw, target }) => mean(Array.from(raw, (value, i) => Math.abs(value - target[i]!)))));

/** Overlap of marked and true cells (Dice) of a photo over all classes, averaged over the photos; unknown cells are left out. */
const dice: Metric = (rows) =>
  mean(
    rows.map(({ raw, target }) => {
      let [both, sum] = [0, 0];
      target.forEach((truth, i) => {
        if (truth < 0) return;
        const marked = Number(raw[i]! > 0);
        both += marked * truth;
        sum += marked + truth;
      });
      return sum === 0 ? 1 : (2 * both) / sum;
    }),
  );

/** How well pairs of equal labels are told from pairs of different ones, by the cosine. */
const pairAuc: Metric = (rows) => {
  const scores: number[] = [];
  const same: boolean[] = [];
  const units = rows.map(({ raw }) => {
    const length = Math.hypot(...raw) || 1;
    return raw.map((value) => value / length);
  });
  units.forEach((a, i) => {
    for (let j = 0; j < i; j += 1) {
      if (rows[i] === rows[j]) continue; // drawn twice by the bootstrap
      scores.push(a.reduce((sum, value, k) => sum + value * units[j]![k]!, 0));
      same.push(rows[i]!.target[0] === rows[j]!.target[0]);
    }
  });
  return auc(scores, same);
};

const METRICS: Readonly<Record<LossKind, Readonly<Record<string, Metric>>>> = {
  crossEntropy: { auc: binaryAuc },
  binaryCrossEntropy: { balancedAccuracy: labelBalancedAccuracy, accuracy: labelAccuracy },
  absolute: { error },
  mask: { dice },
  contrastive: { pairAuc },
};

/** All metrics of a task with their intervals: those of its loss, and the means of its own scores. */
export function metricsOf(
  { learning }: Task,
  rows: readonly Row[],
  seed: number,
): Readonly<Record<string, Measured>> {
  const metrics: Record<string, Metric> =
    typeof learning?.loss === 'string' ? { ...METRICS[learning.loss] } : {};
  const [first] = rows;
  const score = learning?.score;
  if (score && first) {
    for (const name of Object.keys(score(first.raw, first.target))) {
      metrics[name] = (some) => mean(some.map(({ raw, target }) => score(raw, target)[name]!));
    }
  }
  const measured = Object.entries(metrics).flatMap(([name, metric]) => {
    const value = rows.length > 0 ? measure(metric, rows, seed) : undefined;
    return value ? [[name, value] as const] : [];
  });
  const shares = learning?.loss === 'crossEntropy' && rows.length > 0 ? sharesOf(rows) : {};
  return { ...shares, ...Object.fromEntries(measured) };
}
