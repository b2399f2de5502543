import { VOCABULARIES } from '@facexformer/core';
import { expect, it } from 'vitest';
import { allTasks } from '../src/index.js';

it('has every vocabulary once', () => {
  const names = allTasks().map(({ name }) => name);
  expect([...names].sort()).toEqual(Object.keys(VOCABULARIES).sort());
});

it('needs the tokens of the official model, and one for expression', () => {
  expect(allTasks().reduce((sum, { tokens }) => sum + tokens, 0)).toBe(18 + 1);
});
