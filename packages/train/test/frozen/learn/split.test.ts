import { expect, it } from 'vitest';
import { createEpochSampler } from '../../../src/frozen/learn/epoch-sampler.js';
import { splitPhotos } from '../../../src/frozen/learn/split.js';

const shares = { val: 0.2, test: 0.1 };
const strata = [...new Array<number>(100).fill(0), ...new Array<number>(10).fill(1)];
const none = strata.map(() => undefined);

it('takes of each class its share, the same way each time', () => {
  const splits = splitPhotos(strata, none, shares, 1);
  const count = (stratum: number, split: string) =>
    splits.filter((value, i) => value === split && strata[i] === stratum).length;
  expect([count(0, 'val'), count(0, 'test'), count(1, 'val'), count(1, 'test')]).toEqual([20, 10, 2, 1]);
  expect(splitPhotos(strata, none, shares, 1)).toEqual(splits);
  expect(splitPhotos(strata, none, shares, 2)).not.toEqual(splits);
});

it('leaves splits that the data name alone, and adds nothing to them', () => {
  const given = strata.map((_, i) => (i < 5 ? ('test' as const) : undefined));
  const splits = splitPhotos(strata, given, shares, 1);
  expect(splits.filter((split) => split === 'test')).toHaveLength(5);
  expect(splits.slice(0, 5).every((split) => split === 'test')).toBe(true);
});

it('shows rare classes as often as frequent ones, and everybody in turn', () => {
  const sample = createEpochSampler(strata, true, 1);
  const seen = new Map<number, number>();
  for (let epoch = 0; epoch < 20; epoch += 1) {
    const order = sample(epoch);
    expect(order).toHaveLength(110);
    expect([...order].filter((index) => strata[index] === 1)).toHaveLength(55);
    for (const index of order) seen.set(index, (seen.get(index) ?? 0) + 1);
  }
  const counts = strata.map((_, i) => seen.get(i) ?? 0);
  expect(Math.max(...counts.slice(0, 100)) - Math.min(...counts.slice(0, 100))).toBeLessThanOrEqual(1);
  expect([...createEpochSampler(strata, false, 1)(3)].sort((a, b) => a - b)).toEqual(strata.map((_, i) => i));
});
