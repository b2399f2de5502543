import { taskChecks } from '@facexformer/core/conformance';
import { answerOf, choose } from '@facexformer/test-utils/answer';
import { CROP, decoderOf } from '@facexformer/test-utils/decoder';
import { describe, expect, it } from 'vitest';
import { race } from '../src/index.js';

const task = race();
const decode = decoderOf(task);

describe('the contract of a task', () => {
  for (const { name, run } of taskChecks(task)) it(name, run);
});

it('names the most probable label', () => {
  const { label, probability, probabilities } = decode([0, 0, Math.log(6), 0, 0]);
  expect(label).toBe('Asian');
  expect(probability).toBeCloseTo(0.6, 6);
  expect(probabilities.Indian).toBeCloseTo(0.1, 6);
});

it('draws label and probability', () => {
  expect(task.draw?.(decode([0, 0, Math.log(6), 0, 0]), { box: CROP })).toEqual([
    { kind: 'label', caption: 'race', text: 'Asian 60 %' },
  ]);
});

it('takes its labels for groups of people', () => {
  const { metrics, vocabulary } = race();
  const index = vocabulary.labels.indexOf('Indian');
  const { result } = answerOf(race(), choose(vocabulary.labels.length, index));
  expect(metrics!.group!('Indian')).toBe('Indian');
  expect(metrics!.predictedGroup!(result)).toBe('Indian');
});
