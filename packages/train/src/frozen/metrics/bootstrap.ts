import type { Measured } from '@facexformer/core';
import { bootstrap } from '@facexformer/statistics';
import type { Metric, Row } from './row.js';

/**
 * A metric and its 95 % interval by the bootstrap: photos are drawn again with repetition, within their class where
 * there are classes. Undefined where the photos cannot tell the metric.
 */
export function measure(metric: Metric, rows: readonly Row[], seed: number): Measured | undefined {
  const value = metric(rows);
  if (!Number.isFinite(value)) return undefined;
  const { interval = { low: value, high: value } } = bootstrap(rows, (some) => ({ interval: metric(some) }), {
    seed,
    stratum: ({ stratum }) => stratum,
  });
  return { value, ...interval };
}
