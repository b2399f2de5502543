import { expect } from 'vitest';
import type { __Task__ } from '../src/index.js';

/** What has to hold for every answer. */
export function expectAnswer(answer: __Task__): void {
  expect(answer).toHaveLength(32);
  expect(Math.hypot(...answer)).toBeCloseTo(1, 5);
}
