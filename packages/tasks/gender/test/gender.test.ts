import { taskChecks } from '@facexformer/core/conformance';
import { answerOf, choose } from '@facexformer/test-utils/answer';
import { CROP, decoderOf } from '@facexformer/test-utils/decoder';
import { describe, expect, it } from 'vitest';
import { gender } from '../src/index.js';

const task = gender();
const decode = decoderOf(task);

describe('the contract of a task', () => {
  for (const { name, run } of taskChecks(task)) it(name, run);
});

it('names the most probable label', () => {
  const { label, probability, probabilities } = decode([0, Math.log(3)]);
  expect(label).toBe('female');
  expect(probability).toBeCloseTo(0.75, 6);
  expect(probabilities.male).toBeCloseTo(0.25, 6);
});

it('draws label and probability', () => {
  expect(task.draw?.(decode([0, Math.log(3)]), { box: CROP })).toEqual([
    { kind: 'label', caption: 'gender', text: 'female 75 %' },
  ]);
});

it('takes its labels for groups of people', () => {
  const { metrics, vocabulary } = gender();
  const index = vocabulary.labels.indexOf('female');
  const { result } = answerOf(gender(), choose(vocabulary.labels.length, index));
  expect(metrics!.group!('female')).toBe('female');
  expect(metrics!.predictedGroup!(result)).toBe('female');
});
