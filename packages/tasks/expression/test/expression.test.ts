import { taskChecks } from '@facexformer/core/conformance';
import { CROP, decoderOf } from '@facexformer/test-utils/decoder';
import { describe, expect, it } from 'vitest';
import { expression } from '../src/index.js';

const task = expression();
const decode = decoderOf(task);

describe('the contract of a task', () => {
  for (const { name, run } of taskChecks(task)) it(name, run);
});

it('names the most probable label', () => {
  const { label, probability, probabilities } = decode([0, Math.log(18), 0, 0, 0, 0, 0]);
  expect(label).toBe('happy');
  expect(probability).toBeCloseTo(0.75, 6);
  expect(probabilities.anger).toBeCloseTo(1 / 24, 6);
});

it('draws label and probability', () => {
  expect(task.draw?.(decode([0, Math.log(18), 0, 0, 0, 0, 0]), { box: CROP })).toEqual([
    { kind: 'label', caption: 'expression', text: 'happy 75 %' },
  ]);
});
