import { expect, it } from 'vitest';
import { normal, permutation, random } from '../src/random.js';

it('draws the same for the same keys, and otherwise for others', () => {
  const some = (...keys: number[]) => Array.from({ length: 5 }, random(...keys));
  expect(some(1, 2)).toEqual(some(1, 2));
  expect(some(1, 2)).not.toEqual(some(2, 1));
  expect(some(1, 2)).not.toEqual(some(1, 2, 0));
});

it('orders all numbers', () => {
  const order = permutation(100, 3);
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  expect(order).not.toEqual(permutation(100, 4));
});

it('draws from a normal distribution', () => {
  const draw = random(1);
  const values = Array.from({ length: 10_000 }, () => normal(draw));
  const mean = values.reduce((a, b) => a + b) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  expect(mean).toBeCloseTo(0, 1);
  expect(variance).toBeCloseTo(1, 1);
});
