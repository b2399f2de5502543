import { expect, it } from 'vitest';
import { confusionOf } from '../../src/statistics/confusion.js';

it('tabulates labels against answers', () => {
  const choices = [
    [0, [3, 1]],
    [0, [1, 3]],
    [1, [0, 2]],
    [1, [0, 4]],
  ] as const;
  const seen = choices.map(([target, logits]) => ({ target, logits: Float32Array.from(logits) }));
  expect(confusionOf(['a', 'b'], seen)).toEqual({
    labels: ['a', 'b'],
    counts: [
      [1, 1],
      [0, 2],
    ],
  });
});
