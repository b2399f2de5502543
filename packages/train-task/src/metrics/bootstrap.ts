import type { Measured } from '@facexformer/core';
import { random } from '@facexformer/train/graph';
import type { Metric, Row } from './row.js';

const RESAMPLES = 1000;

/**
 * A metric and its 95 % interval by the percentile bootstrap (Efron): photos are drawn again with repetition, within
 * their class where there are classes. Undefined where the photos cannot tell the metric.
 */
export function measure(metric: Metric, rows: readonly Row[], seed: number): Measured | undefined {
  const value = metric(rows);
  if (!Number.isFinite(value)) return undefined;
  const strata = [...new Set(rows.map(({ stratum }) => stratum))].map((stratum) =>
    rows.filter((row) => row.stratum === stratum),
  );
  const draw = random(seed, rows.length);
  const values: number[] = [];
  for (let i = 0; i < RESAMPLES; i += 1) {
    const again = metric(strata.flatMap((list) => list.map(() => list[Math.floor(draw() * list.length)]!)));
    if (Number.isFinite(again)) values.push(again);
  }
  values.sort((a, b) => a - b);
  const at = (share: number): number => values[Math.round(share * (values.length - 1))] ?? value;
  return { value, low: at(0.025), high: at(0.975) };
}
