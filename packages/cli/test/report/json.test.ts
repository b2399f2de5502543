import { FaceXFormerError } from '@facexformer/core';
import { expect, it } from 'vitest';
import { prettyJson, toJson } from '../../src/report/json.js';

it('codes class maps as runs, rounds to four decimals', () => {
  expect(toJson({ labels: Uint8Array.of(3, 3, 3, 0, 3), yaw: 1.234567 })).toEqual({
    labels: { runs: [3, 3, 0, 1, 3, 1] },
    yaw: 1.2346,
  });
});

it('says of a task that failed what went wrong', () => {
  const errors = { age: new FaceXFormerError('TASK_FAILED', 'task "age" failed to decode') };
  expect(toJson({ errors })).toEqual({
    errors: { age: { code: 'TASK_FAILED', message: 'task "age" failed to decode' } },
  });
});

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
