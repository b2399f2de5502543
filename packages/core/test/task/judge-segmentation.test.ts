import { answerOf, figuresOf } from '@facexformer/test-utils/answer';
import { expect, it } from 'vitest';
import { tensor } from '../../src/base/tensor.js';
import { segment } from '../../src/task/segment.js';

it('a segmentation has the F1 of each label', () => {
  const beard = segment('beard', { id: 'beard@1', labels: ['beard'] });
  const answer = answerOf(beard, tensor([1, 1, 2], [3, -3]), { width: 2, height: 1 });
  const mask = { width: 2, height: 1, data: Uint8Array.of(1, 1) };
  expect(figuresOf(beard, [[answer, mask]])['beard.f1.beard']).toBeCloseTo(2 / 3);
  expect(beard.metrics!.figures([])).toEqual({});
});
