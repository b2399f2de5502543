import { answerOf, choose } from '@facexformer/test-utils/answer';
import { expect, it } from 'vitest';
import { race } from '../src/index.js';

it('takes its labels for groups of people', () => {
  const { metrics, vocabulary } = race();
  const index = vocabulary.labels.indexOf('Indian');
  const { result } = answerOf(race(), choose(vocabulary.labels.length, index));
  expect(metrics!.group!('Indian')).toBe('Indian');
  expect(metrics!.predictedGroup!(result)).toBe('Indian');
});
