import { expect, it } from 'vitest';
import { emptyBatch } from '../../../src/whole/batch/batch.js';
import { outputBias, startFromPriors } from '../../../src/whole/trainer/priors.js';
import { tinyParameters, tinySteps } from '../../tiny-run.js';

it('starts heads at the answer that is right on average, by the weights of the labels', () => {
  const batch = emptyBatch(tinySteps);
  const put = (task: string, row: number, weight: number, values: readonly number[]): void => {
    batch[task]!.data.set(values, row * values.length);
    batch[`${task}Weight`]!.data[row] = weight;
  };
  put('headPose', 0, 1, [0.3, 0, 0]);
  put('headPose', 1, 0.5, [0, 0.6, 0]);
  put('gender', 2, 1, [0.25, 0.75]);
  put(
    'attributes',
    3,
    1,
    Array.from({ length: 40 }, () => 1),
  );
  put('age', 3, 1, [1, 0, 0, 0, 0, 0, 0, 0, 5]);
  const vector = new Float32Array(tinyParameters.length).fill(9);
  startFromPriors(vector, tinyParameters, tinySteps, [batch, emptyBatch(tinySteps)]);
  const bias = (task: string): readonly number[] => {
    const { start, length } = outputBias(tinyParameters, task)!;
    return [...vector.subarray(start, start + length)].map((value) => Number(value.toFixed(4)));
  };
  expect(bias('headPose')).toEqual([0.2, 0.2, 0]);
  expect(bias('gender')).toEqual([Math.log(0.25), Math.log(0.75)].map((value) => Number(value.toFixed(4))));
  expect(bias('attributes')[7]).toBeCloseTo(Math.log(99), 3);
  expect(bias('age').slice(0, 2)).toEqual([0, Number(Math.log(1e-3).toFixed(4))]);
  expect(bias('race')).toEqual([9, 9, 9, 9, 9]); // no labels
  expect(outputBias(tinyParameters, 'parsing')).toBeUndefined();
});
