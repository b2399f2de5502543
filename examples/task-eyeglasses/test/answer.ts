import { expect } from 'vitest';
import type { Eyeglasses } from '../src/index.js';

/** What has to hold for every answer. */
export function expectAnswer({ label, probability, probabilities }: Eyeglasses): void {
  expect(Object.keys(probabilities)).toEqual(['without', 'with']);
  expect(Object.values(probabilities).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
  expect(probabilities[label]).toBe(probability);
  expect(probability).toBe(Math.max(...Object.values(probabilities)));
}
