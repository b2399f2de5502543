import { answerOf, choose } from '@facexformer/test-utils/answer';
import { expect, it } from 'vitest';
import { gender } from '../src/index.js';

it('takes its labels for groups of people', () => {
  const { metrics, vocabulary } = gender();
  const index = vocabulary.labels.indexOf('female');
  const { result } = answerOf(gender(), choose(vocabulary.labels.length, index));
  expect(metrics!.group!('female')).toBe('female');
  expect(metrics!.predictedGroup!(result)).toBe('female');
});
