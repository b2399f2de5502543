import { random } from './random.js';

/** Bounds of a 95 % confidence interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Choices of {@link bootstrap}. */
export interface BootstrapOptions<Item> {
  /** The same seed draws the same resamples. */
  readonly seed?: number;
  /** Group of an item: every resample has as many of each group as the items. One group by default. */
  readonly stratum?: (item: Item) => number;
}

const RESAMPLES = 1000;
const SEED = 20_240_312;
const TAIL = 0.025;

/**
 * Percentile bootstrap (Efron): figures of as many items drawn with replacement, many times over; the interval holds
 * the middle 95 % of them. A figure that some resample leaves out, or answers with NaN, is judged by the others.
 */
export function bootstrap<Item>(
  items: readonly Item[],
  figures: (resample: readonly Item[]) => Readonly<Record<string, number>>,
  { seed = SEED, stratum = () => 0 }: BootstrapOptions<Item> = {},
): Readonly<Record<string, Interval>> {
  const draw = random(seed, items.length);
  const strata = [...new Set(items.map(stratum))].map((one) => items.filter((item) => stratum(item) === one));
  const values = new Map<string, number[]>();
  for (let run = 0; run < RESAMPLES && items.length > 0; run += 1) {
    const drawn = strata.flatMap((list) => list.map(() => list[Math.floor(draw() * list.length)]!));
    for (const [name, value] of Object.entries(figures(drawn))) {
      if (!Number.isFinite(value)) continue;
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
