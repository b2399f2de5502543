import { permutation } from '@facexformer/statistics';
import type { Split } from '../example.js';

/** Shares of the photos that are not learnt from. */
export interface SplitShares {
  /** They choose the epoch. */
  readonly val: number;
  /** They are only measured on. */
  readonly test: number;
}

/**
 * Assigns each photo that has no split of its own, the same way for the same seed: of each stratum the same share,
 * and at least one to `val` and `test` where it has three.
 * @param strata class of each photo, all equal where there are no classes
 */
export function splitPhotos(
  strata: readonly number[],
  given: readonly (Split | undefined)[],
  { val, test }: SplitShares,
  seed: number,
): readonly Split[] {
  const splits = given.map((split): Split => split ?? 'train');
  const missing = (wanted: Split): boolean => !given.includes(wanted);
  for (const stratum of new Set(strata)) {
    const free = strata.flatMap((value, i) => (value === stratum && given[i] === undefined ? [i] : []));
    const order = Array.from(permutation(free.length, seed, stratum), (i) => free[i]!);
    const share = (part: number): number => {
      const count = Math.round(part * free.length);
      return free.length >= 3 && part > 0 ? Math.max(1, count) : count;
    };
    // Where the data name photos of a split themselves, none is added to it.
    const vals = missing('val') ? share(val) : 0;
    const tests = missing('test') ? share(test) : 0;
    for (const index of order.slice(0, vals)) splits[index] = 'val';
    for (const index of order.slice(vals, vals + tests)) splits[index] = 'test';
  }
  return splits;
}
