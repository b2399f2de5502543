import type { Figures } from '../judges/judge.js';
import { seededRandom } from './random.js';

/** Bounds of a 95 % confidence interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export const RESAMPLES = 1000;
const SEED = 20_240_312;
const TAIL = 0.025;

/**
 * Percentile bootstrap: figures of as many items drawn with replacement, many times over; the interval holds the
 * middle 95 % of them. A figure that some resample cannot compute is judged by the others.
 */
export function bootstrap<Item>(
  items: readonly Item[],
  figures: (resample: readonly Item[]) => Figures,
  resamples = RESAMPLES,
): Readonly<Record<string, Interval>> {
  const random = seededRandom(SEED);
  const drawn = items.slice();
  const values = new Map<string, number[]>();
  for (let run = 0; run < resamples && items.length > 0; run += 1) {
    for (let i = 0; i < drawn.length; i += 1) drawn[i] = items[Math.floor(random() * items.length)]!;
    for (const [name, value] of Object.entries(figures(drawn))) {
      const list = values.get(name);
      if (list) list.push(value);
      else values.set(name, [value]);
    }
  }
  return Object.fromEntries([...values].map(([name, list]) => [name, middleOf(list)]));
}

function middleOf(values: readonly number[]): Interval {
  const sorted = Float64Array.from(values).sort();
  return { low: quantile(sorted, TAIL), high: quantile(sorted, 1 - TAIL) };
}

/** The quantile of sorted values, interpolated linearly between neighbours (numpy's default). */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (at - below);
}
