/** Metrics against numbers worked out by hand, and intervals against the normal approximation. */
import { classify, multiLabel } from '@facexformer/core';
import { expect, it } from 'vitest';
import { auc } from '../../../src/frozen/metrics/auc.js';
import { measure } from '../../../src/frozen/metrics/bootstrap.js';
import { metricsOf } from '../../../src/frozen/metrics/metrics.js';
import { mean, type Row } from '../../../src/frozen/metrics/row.js';

const row = (raw: readonly number[], target: readonly number[], stratum = 0): Row => ({
  raw: Float32Array.from(raw),
  target: Float32Array.from(target),
  stratum,
});

it('auc is the chance that a positive scores higher, ties counting half', () => {
  expect(auc([1, 2, 3, 4], [false, false, true, true])).toBe(1);
  expect(auc([1, 2, 2, 3], [false, true, false, true])).toBe(0.875);
  expect(auc([5, 5, 5], [true, false, true])).toBe(0.5);
  expect(auc([1, 2], [true, true])).toBeNaN();
});

it('balanced accuracy counts classes equally', () => {
  const task = classify('x', { id: 'x@1', labels: ['a', 'b'] });
  const rows = [
    ...Array.from({ length: 8 }, () => row([2, 0], [1, 0], 0)),
    row([0, 1], [0, 1], 1),
    row([1, 0], [0, 1], 1),
  ];
  const { balancedAccuracy, accuracy, auc: area } = metricsOf(task, rows, 1);
  expect(balancedAccuracy!.value).toBe(0.75);
  expect(accuracy!.value).toBe(0.9);
  expect(area!.value).toBe(1);
  // Wilson's intervals of 9/10, 8/8 and 1/2: the roots of (p - q)² = 1.96² q (1 - q) / n
  expect(accuracy!.low).toBeCloseTo(0.5958, 3);
  expect(accuracy!.high).toBeCloseTo(0.9821, 3);
  expect(balancedAccuracy!.low).toBeCloseTo(0.75 - Math.hypot(1 - 0.6756, 0.5 - 0.0945) / 2, 3);
  expect(balancedAccuracy!.high).toBeCloseTo(0.75 + (0.9055 - 0.5) / 2, 3);
});

it('a handful of right answers does not claim certainty', () => {
  const task = classify('x', { id: 'x@1', labels: ['a', 'b'] });
  const rows = Array.from({ length: 10 }, () => row([2, 0], [1, 0], 0));
  expect(metricsOf(task, rows, 1).accuracy).toMatchObject({ value: 1, high: expect.closeTo(1, 9) });
  expect(metricsOf(task, rows, 1).accuracy!.low).toBeCloseTo(0.7225, 3); // 10 / (10 + 1.96²)
});

it('labels without both answers are left out', () => {
  const task = multiLabel('x', { id: 'x@1', labels: ['a', 'b'] });
  const rows = [row([1, 1], [1, 1]), row([-1, 1], [0, 1]), row([1, 1], [0, 1])];
  expect(metricsOf(task, rows, 1).balancedAccuracy!.value).toBe(0.75);
});

it('intervals are as wide as theory says, and the same for the same seed', () => {
  const rows = Array.from({ length: 400 }, (_, i) => row([i % 4 === 0 ? 1 : 0], [0]));
  const metric = (some: readonly Row[]) => mean(some.map(({ raw }) => raw[0]!));
  const measured = measure(metric, rows, 7)!;
  const half = 1.96 * Math.sqrt((0.25 * 0.75) / 400);
  expect(measured.value).toBe(0.25);
  expect(measured.low).toBeCloseTo(0.25 - half, 2);
  expect(measured.high).toBeCloseTo(0.25 + half, 2);
  expect(measure(metric, rows, 7)).toEqual(measured);
  expect(measure(() => Number.NaN, rows, 7)).toBeUndefined();
});
