import { answerOf, figuresOf } from '@facexformer/test-utils/answer';
import { expect, it } from 'vitest';
import { multiLabel } from '../../src/task/multi-label.js';

it('a multi-label task counts what it says is present', () => {
  const worn = multiLabel('worn', { id: 'worn@1', labels: ['hat', 'scarf'] }, { threshold: 0.9 });
  const figures = figuresOf(worn, [
    [answerOf(worn, [1, 5]), 'scarf'], // 1 is present by probability 0.73, not by the threshold
    [answerOf(worn, [5, -5]), ['hat', 'scarf']],
  ]);
  expect(figures).toMatchObject({
    'worn.accuracy': 0.75,
    'worn.accuracy.hat': 1,
    'worn.accuracy.scarf': 0.5,
    'worn.balanced.hat': 1,
  });
  expect(figures['worn.balanced.scarf']).toBeUndefined();
  expect(worn.metrics!.figures([])).toEqual({});
});
