import { constant, evaluator } from '@facexformer/core/graph';
import { expect, it } from 'vitest';
import { recognition } from '../src/index.js';
import { cosineLoss } from '../src/learning.js';

it('loses nothing for the same direction, one for a right angle and two for the opposite', () => {
  const raw = constant([3, 2], [3, 0, 0, 2, -1, 0]);
  const target = constant([3, 2], [1, 0, 1, 0, 1, 0]);
  const { data } = evaluator({})(cosineLoss(raw, target));
  for (const expected of [0, 1, 2]) expect(data[expected]).toBeCloseTo(expected, 4);
});

it('learns from vectors, and from nothing else', () => {
  const { learning, vocabulary } = recognition();
  const context = { crop: { x: 0, y: 0, width: 1, height: 1 }, raw: [128], vocabulary, classes: [] };
  expect(learning!.encode({ vector: new Array(128).fill(1) }, context)).toHaveLength(128);
  for (const label of ['somebody', { who: 'a' }, { vector: [1, 2] }, undefined]) {
    expect(() => learning!.encode(label, context)).toThrow('128 numbers');
  }
});
