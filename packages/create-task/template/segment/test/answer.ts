import { expect } from 'vitest';
import type { __Task__ } from '../src/index.js';

/** Checks what must hold for every answer. */
export function expectAnswer({ classes, columns, rows, labels }: __Task__): void {
  expect(classes).toEqual(['background', '__labels__']);
  expect(labels).toHaveLength(columns * rows);
  expect(labels.every((label) => label < classes.length)).toBe(true);
}
