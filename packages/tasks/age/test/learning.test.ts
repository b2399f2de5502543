import { evaluator, input } from '@facexformer/core/graph';
import { expect, it } from 'vitest';
import { ageLoss, learning } from '../src/learning.js';
import { vocabulary } from '../src/vocabulary.js';

const context = { crop: { x: 0, y: 0, width: 1, height: 1 }, raw: [8], vocabulary, classes: [] };

it('is the mean of the error in decades and cross-entropy', () => {
  const bins = { id: 'two@1', labels: ['5-15', '25-35'] };
  const loss = ageLoss(input('x', [1, 2]), input('t', [1, 3]), bins);
  const inputs = {
    x: { dims: [1, 2], data: Float32Array.of(0, 0) },
    t: { dims: [1, 3], data: Float32Array.of(0, 1, 25) },
  };
  const { dims, data } = evaluator({ inputs })(loss);
  expect(dims).toEqual([1]);
  expect(data[0]).toBeCloseTo((0.5 + Math.log(2)) / 2, 5);
});

it('shares years between the two bins around them, and keeps the years', () => {
  const rounded = (years: unknown) =>
    Array.from(learning.encode(years, context), (x) => Number(x.toFixed(3)));
  expect(rounded(17)).toEqual([0, 0.75, 0.25, 0, 0, 0, 0, 0, 17]);
  expect(rounded('1')).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 1]);
  expect(rounded(99)).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 99]);
  expect(learning.target!([8])).toEqual([9]);
  for (const wrong of [-1, Number.NaN, 'old', '', undefined]) {
    expect(() => learning.encode(wrong, context)).toThrow('it needs years');
  }
});

it('starts at the shares of the bins', () => {
  const bias = learning.initialBias!([0.5, 0.5, 0, 40]);
  expect(Array.from(bias)).toEqual([Math.log(0.5), Math.log(0.5), Math.log(1e-3)]);
});
