import { expect, it } from 'vitest';
import { prettyJson } from '../../src/report/json.js';

it('keeps short things and lists of numbers on one line, and stays JSON', () => {
  const value = {
    box: { x: 1, y: 2 },
    runs: Array.from({ length: 100 }, (_, i) => i),
    names: Array.from({ length: 20 }, (_, i) => `name "${i}"`),
    absent: undefined,
    empty: [],
    none: null,
  };
  const text = prettyJson(value);
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
  const lines = text.split('\n');
  expect(lines[1]).toBe('  "box": {"x":1,"y":2},');
  expect(lines).toHaveLength(2 + 1 + 1 + 22 + 1 + 1);
});
