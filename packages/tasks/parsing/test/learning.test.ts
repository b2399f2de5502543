import { evaluator, input } from '@facexformer/core/graph';
import { mirrorImage } from '@facexformer/core/image';
import { expect, it } from 'vitest';
import { learning, MIRRORED_CLASSES, parsingLoss } from '../src/learning.js';
import { vocabulary } from '../src/vocabulary.js';

const lossOf = (x: readonly number[], target: readonly number[]): number => {
  const dims = [1, 2, 1, 3];
  const inputs = { x: { dims, data: Float32Array.from(x) }, t: { dims, data: Float32Array.from(target) } };
  return evaluator({ inputs })(parsingLoss(input('x', dims), input('t', dims))).data[0]!;
};

it('loses nothing where it is right, and is blind to unknown pixels', () => {
  const target = [1, 0, 0, 0, 1, 0]; // the third pixel is unknown
  const right = lossOf([20, -20, 9, -20, 20, -9], target);
  expect(right).toBeCloseTo(0, 5);
  expect(lossOf([20, -20, -9, -20, 20, 9], target)).toBeCloseTo(right, 6);
  expect(lossOf([-20, 20, 0, 20, -20, 0], target)).toBeGreaterThan(20);
});

it('gives every face of a batch the loss of all', () => {
  const dims = [2, 2, 1, 1];
  const inputs = {
    x: { dims, data: Float32Array.of(5, -5, -5, 5) },
    t: { dims, data: Float32Array.of(1, 0, 1, 0) },
  };
  const { data } = evaluator({ inputs })(parsingLoss(input('x', dims), input('t', dims)));
  expect(data).toHaveLength(2);
  expect(data[0]).toBe(data[1]);
});

const mask = { width: 4, height: 1, data: Uint8Array.of(2, 10, 255, 4) };
const context = { crop: { x: 0, y: 0, width: 4, height: 1 }, raw: [11, 1, 4], vocabulary, classes: [] };

it('is one-hot, and all zero where unknown', () => {
  const target = learning.encode(mask, context);
  const classes = Array.from({ length: 4 }, (_, i) =>
    vocabulary.labels.flatMap((__, c) => (target[4 * c + i] === 1 ? [c] : [])),
  );
  expect(classes).toEqual([[2], [10], [], [4]]);
  expect(() => learning.encode({ ...mask, data: mask.data.with(0, 11) }, context)).toThrow('0 to 10');
});

it('lets brows and eyes change sides in a mirrored face', () => {
  const view = mirrorImage({ width: 4, height: 1 });
  const mirrored = learning.transform!(mask, view) as typeof mask;
  expect([...mirrored.data]).toEqual([5, 255, 10, 3]);
  expect(learning.transform!(mirrored, view)).toEqual(mask);
  expect(MIRRORED_CLASSES).toEqual([0, 1, 3, 2, 5, 4, 6, 7, 8, 9, 10]);
});
