import type { Measured } from '@facexformer/core';

/** 97.5 % quantile of the normal distribution. */
const Z = 1.959964;

/**
 * A share of right answers and its 95 % interval by Wilson's score (1927), which stays honest for a handful of photos:
 * ten of ten right is 0.72 to 1, where a bootstrap would say 1 to 1.
 * @param count above 0
 */
export function proportion(right: number, count: number): Measured {
  const share = right / count;
  const weight = Z ** 2 / count;
  const middle = (share + weight / 2) / (1 + weight);
  const half = Math.sqrt(weight * share * (1 - share) + weight ** 2 / 4) / (1 + weight);
  return { value: share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** The mean of independent shares; their intervals are put together by squares (MOVER, Zou and Donner 2008). */
export function meanProportion(shares: readonly Measured[]): Measured {
  const count = shares.length;
  const value = shares.reduce((sum, share) => sum + share.value, 0) / count;
  const below = Math.hypot(...shares.map((share) => share.value - share.low)) / count;
  const above = Math.hypot(...shares.map((share) => share.high - share.value)) / count;
  return { value, low: Math.max(0, value - below), high: Math.min(1, value + above) };
}
