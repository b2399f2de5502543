import { expect, it } from 'vitest';
import { allTasks } from '../src/index.js';

it('has every task once', () => {
  const names = allTasks().map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

it('needs the tokens of the official model, and one for expression', () => {
  expect(allTasks().reduce((sum, { tokens }) => sum + tokens, 0)).toBe(18 + 1);
});
