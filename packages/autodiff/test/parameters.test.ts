import { type ParameterFactory, scaled } from '@facexformer/core/graph';
import { expect, it } from 'vitest';
import { collectParameters, decays, initialVector, namedTensors, parametersFrom } from '../src/parameters.js';

const build = (parameter: ParameterFactory): void => {
  parameter('weight', [40, 50]);
  parameter('bias', [40]);
  parameter('norm', [3], { start: 1 });
  parameter('waves', [2, 5], { start: { deviation: 1 }, trained: false });
  parameter('token', [30, 20], { start: { deviation: 0.5 }, decays: false });
  parameter('weight', [40, 50]);
};

const deviation = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

it('lays out what is trained, each name once, and keeps apart what is not', () => {
  const { slots, frozen, length } = collectParameters(build);
  expect(slots.map(({ name, start }) => [name, start])).toEqual([
    ['weight', 0],
    ['bias', 2000],
    ['norm', 2040],
    ['token', 2043],
  ]);
  expect(frozen.map(({ name }) => name)).toEqual(['waves']);
  expect(length).toBe(2643);
  expect(slots.filter(decays).map(({ name }) => name)).toEqual(['weight']);
});

it('starts parameters as they were declared', () => {
  const parameters = collectParameters(build);
  const vector = initialVector(parameters, 1);
  expect(deviation(vector.subarray(0, 2000))).toBeCloseTo(1 / Math.sqrt(50), 2);
  expect(new Set(vector.subarray(2000, 2040))).toEqual(new Set([0]));
  expect(new Set(vector.subarray(2040, 2043))).toEqual(new Set([1]));
  expect(deviation(vector.subarray(2043))).toBeCloseTo(0.5, 1);
  expect(initialVector(parameters, 2)).not.toEqual(vector);
  expect(scaled([4, 9], 2).start).toEqual({ deviation: 2 / 3 });
});

it('gives a checkpoint every tensor, and a graph the frozen ones as constants', async () => {
  const parameters = collectParameters(build);
  const { tensors, read } = namedTensors(Float32Array.from({ length: 2643 }, (_, i) => i), parameters, 1); // biome-ignore format: one line
  expect([...tensors.keys()]).toEqual(['weight', 'bias', 'norm', 'token', 'waves']);
  expect([...(await read('norm'))]).toEqual([2040, 2041, 2042]);
  const waves = parametersFrom([], parameters, 1)('waves', [2, 5], {
    start: { deviation: 1 },
    trained: false,
  });
  expect(waves).toMatchObject({ op: 'constant', data: await read('waves') });
});
