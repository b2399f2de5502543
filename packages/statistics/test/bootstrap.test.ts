import { expect, it } from 'vitest';
import { bootstrap, quantile } from '../src/bootstrap.js';
import { random } from '../src/random.js';

it('interpolates quantiles as numpy does (formulas.py)', () => {
  const sorted = [1, 1, 2, 3, 4, 5, 6, 9];
  expect(quantile(sorted, 0.025)).toBe(1);
  expect(quantile(sorted, 0.5)).toBe(3.5);
  expect(quantile(sorted, 0.975)).toBeCloseTo(8.475, 12);
});

it('gives the interval that theory predicts for a mean, and the same one every time', () => {
  const draw = random(1);
  const items = Array.from({ length: 400 }, () => draw());
  const mean = (list: readonly number[]) => ({ mean: list.reduce((a, b) => a + b) / list.length });
  const { mean: interval } = bootstrap(items, mean);
  const half = 1.96 * Math.sqrt(1 / 12 / 400); // of 400 uniform numbers
  expect((interval!.high - interval!.low) / 2).toBeGreaterThan(0.85 * half);
  expect((interval!.high - interval!.low) / 2).toBeLessThan(1.15 * half);
  expect(bootstrap(items, mean)).toEqual({ mean: interval });
});

it('leaves out what cannot be computed', () => {
  expect(bootstrap([], () => ({ x: 1 }))).toEqual({});
  expect(bootstrap([1, 2], () => ({ x: Number.NaN }))).toEqual({});
});

it('draws evenly', () => {
  const draw = random(7);
  const counts = new Array(10).fill(0);
  for (let i = 0; i < 100_000; i += 1) counts[Math.floor(draw() * 10)] += 1;
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
});

it('keeps the share of each stratum in every resample', () => {
  const items = [0, 0, 0, 1];
  const ones = (list: readonly number[]) => ({ ones: list.filter((item) => item === 1).length });
  expect(bootstrap(items, ones, { stratum: (item) => item })).toEqual({ ones: { low: 1, high: 1 } });
  expect(bootstrap(items, ones).ones!.high).toBeGreaterThan(1);
});
