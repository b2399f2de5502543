import { taskChecks } from '@facexformer/core/conformance';
import { tensor } from '@facexformer/core/graph';
import { answerOf, choose } from '@facexformer/test-utils/answer';
import { describe, expect, it } from 'vitest';
import { race } from '../src/index.js';
import { vocabulary } from '../src/vocabulary.js';

const task = race();
const crop = { x: 100, y: 50, width: 448, height: 224 };
const decode = (values: readonly number[]) =>
  task.decode(tensor([values.length], values), { crop, vocabulary });

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
  expect(task.draw?.(decode([0, 0, Math.log(6), 0, 0]), { box: crop })).toEqual([
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
