import { expect } from 'vitest';
import type { __Task__ } from '../src/index.js';

/** Checks what must hold for every answer. */
export function expectAnswer(answer: __Task__): void {
  expect(Object.keys(answer)).toEqual(['__labels__']);
  expect(Object.values(answer).every(Number.isFinite)).toBe(true);
}
