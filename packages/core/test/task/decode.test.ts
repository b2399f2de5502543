import { describe, expect, it } from 'vitest';
import { tensor } from '../../src/base/tensor.js';
import { FaceXFormerError } from '../../src/index.js';
import { decodeClassification } from '../../src/task/classification.js';
import { argmaxOf, finiteValues, knownLabels, sigmoidOf, softmaxOf } from '../../src/task/decode.js';

describe('softmaxOf', () => {
  it('agrees with PyTorch', () => {
    const torch = [0.08439386, 0.2294063, 0.6235909, 0.05118746, 0.01142147];
    torch.forEach((value, i) => {
      expect(softmaxOf([1, 2, 3, 0.5, -1])[i]).toBeCloseTo(value, 6);
    });
  });
  it('survives logits that would overflow', () => {
    expect(softmaxOf([1000, 1000])).toEqual([0.5, 0.5]);
    expect(softmaxOf([])).toEqual([]);
  });
});

it('sigmoidOf agrees with PyTorch and saturates', () => {
  expect(sigmoidOf(2)).toBeCloseTo(0.880797, 6);
  expect(sigmoidOf(-1000)).toBe(0);
});

it('argmaxOf takes the first of equals', () => {
  expect(argmaxOf([1, 3, 3])).toBe(1);
});

describe('finiteValues', () => {
  it('refuses NaN, infinities and wrong shapes', () => {
    for (const raw of [tensor([2], [0, Number.NaN]), tensor([2], [Infinity, 0]), tensor([3], [0, 0, 0])]) {
      expect(() => finiteValues('age', raw, [2])).toThrow(FaceXFormerError);
    }
    expect(() => finiteValues('age', tensor([2], [0, Number.NaN]), [2])).toThrow('"age" holds NaN at 1');
  });
});

describe('decodeClassification', () => {
  const decode = (labels: readonly string[]) =>
    decodeClassification('pet', tensor([2], [0, Math.log(3)]), { id: 'pets@1', labels }, ['cat', 'dog']);

  it('names the largest logit in the order of the checkpoint', () => {
    expect(decode(['cat', 'dog']).label).toBe('dog');
    const { label, probability, probabilities } = decode(['dog', 'cat']);
    expect(label).toBe('cat');
    expect(probability).toBeCloseTo(0.75, 6);
    expect(probabilities.dog).toBeCloseTo(0.25, 6);
  });
  it('refuses labels whose types would be wrong', () => {
    expect(() => decode(['cat', 'cow'])).toThrow('"pets@1" of "pet" has other labels');
    expect(() => knownLabels('pet', { id: 'x', labels: ['cat'] }, ['cat', 'dog'])).toThrow(FaceXFormerError);
  });
});
