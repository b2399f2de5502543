import { expect } from 'vitest';
import type { __Task__ } from '../src/index.js';

/** Checks what must hold for every answer. */
export function expectAnswer({ present, probabilities }: __Task__): void {
  expect(Object.keys(probabilities)).toEqual(['__labels__']);
  for (const [label, probability] of Object.entries(probabilities)) {
    expect(probability).toBeGreaterThanOrEqual(0);
    expect(probability).toBeLessThanOrEqual(1);
    expect(present.some((found) => found === label)).toBe(probability >= 0.5);
  }
}
