import { expect } from 'vitest';
import type { __Task__ } from '../src/index.js';

/** Checks what must hold for every answer. */
export function expectAnswer({ label, probability, probabilities }: __Task__): void {
  expect(Object.keys(probabilities)).toEqual(['__labels__']);
  expect(Object.values(probabilities).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
  expect(probabilities[label]).toBe(probability);
  expect(probability).toBe(Math.max(...Object.values(probabilities)));
}
