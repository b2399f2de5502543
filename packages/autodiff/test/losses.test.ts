import { evaluator, input, type Value } from '@facexformer/core/graph';
import { expect, it } from 'vitest';
import { binaryCrossEntropy, crossEntropy, maskedMean } from '../src/losses.js';

const run = (
  value: Value,
  feeds: Record<string, readonly [readonly number[], readonly number[]]>,
): number[] => {
  const inputs = Object.fromEntries(
    Object.entries(feeds).map(([name, [dims, data]]) => [name, { dims, data: Float32Array.from(data) }]),
  );
  return [...evaluator({ inputs })(value).data];
};

// Expected values: torch.nn.functional 2.13 on the same numbers.
it('cross-entropy', () => {
  const loss = crossEntropy(input('x', [2, 3]), input('t', [2, 3]));
  const [a, b] = run(loss, {
    x: [
      [2, 3],
      [1, 2, 3, -1, 0, 4],
    ],
    t: [
      [2, 3],
      [0, 0, 1, 0.5, 0.5, 0],
    ],
  });
  expect(a).toBeCloseTo(0.407606, 5);
  expect(b).toBeCloseTo(4.524772, 4);
});

it('binary cross-entropy, without overflow', () => {
  const loss = binaryCrossEntropy(input('x', [2, 2]), input('t', [2, 2]));
  const [a, b] = run(loss, {
    x: [
      [2, 2],
      [0.5, -2, 100, -100],
    ],
    t: [
      [2, 2],
      [1, 0, 1, 1],
    ],
  });
  expect(a).toBeCloseTo((0.474077 + 0.126928) / 2, 5);
  expect(b).toBeCloseTo(50, 4);
});

it('means count labelled rows alone', () => {
  const mean = maskedMean(input('l', [3]), input('w', [3]));
  expect(run(mean, { l: [[3], [1, 100, 3]], w: [[3], [1, 0, 1]] })).toEqual([2]);
  expect(run(mean, { l: [[3], [1, 100, 3]], w: [[3], [0, 0, 0]] })).toEqual([0]);
});
