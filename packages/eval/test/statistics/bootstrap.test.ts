import { expect, it } from 'vitest';
import { bootstrap, quantile } from '../../src/statistics/bootstrap.js';
import { seededRandom } from '../../src/statistics/random.js';

it('interpolates quantiles as numpy does (formulas.py)', () => {
  const sorted = [1, 1, 2, 3, 4, 5, 6, 9];
  expect(quantile(sorted, 0.025)).toBe(1);
  expect(quantile(sorted, 0.5)).toBe(3.5);
  expect(quantile(sorted, 0.975)).toBeCloseTo(8.475, 12);
});

it('gives the interval that theory predicts for a mean, and the same one every time', () => {
  const random = seededRandom(1);
  const items = Array.from({ length: 400 }, () => random());
  const mean = (list: readonly number[]) => ({ mean: list.reduce((a, b) => a + b) / list.length });
  const { mean: interval } = bootstrap(items, mean);
  const half = 1.96 * Math.sqrt(1 / 12 / 400); // of 400 uniform numbers
  expect((interval!.high - interval!.low) / 2).toBeGreaterThan(0.85 * half);
  expect((interval!.high - interval!.low) / 2).toBeLessThan(1.15 * half);
  expect(bootstrap(items, mean)).toEqual({ mean: interval });
});

it('leaves out what cannot be computed', () => {
  expect(bootstrap([], () => ({ x: 1 }))).toEqual({});
  expect(bootstrap([1, 2], () => ({}), 10)).toEqual({});
});

it('draws evenly', () => {
  const random = seededRandom(7);
  const counts = new Array(10).fill(0);
  for (let i = 0; i < 100_000; i += 1) counts[Math.floor(random() * 10)] += 1;
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
});
