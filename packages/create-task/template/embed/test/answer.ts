import { expect } from 'vitest';
import type { __Task__ } from '../src/index.js';

/** Checks what must hold for every answer. */
export function expectAnswer(answer: __Task__): void {
  expect(answer).toHaveLength(32);
  expect(Math.hypot(...answer)).toBeCloseTo(1, 5);
}
