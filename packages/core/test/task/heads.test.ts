import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tensor } from '../../src/base/tensor.js';
import { evaluator } from '../../src/graph/evaluate/evaluate.js';
import { input, parameter } from '../../src/graph/ops.js';
import { BATCH } from '../../src/graph/value.js';
import type { HeadContext } from '../../src/task/head.js';
import { mlpHead, segmentHead } from '../../src/task/heads.js';

interface Fixture {
  readonly batch: number;
  readonly dim: number;
  readonly height: number;
  readonly width: number;
  readonly classes: number;
  readonly tokens: readonly number[];
  readonly face: readonly number[];
  readonly parameters: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly values: readonly number[] }>
  >;
  readonly segment: readonly number[];
  readonly mlp: readonly number[];
}

/** Written by PyTorch: transposed convolutions, layer norm and linear layers on random numbers. */
const fixture = JSON.parse(readFileSync(new URL('heads.json', import.meta.url), 'utf8')) as Fixture;
const { batch, dim, height, width, classes } = fixture;

const declared = new Map<string, readonly number[]>();
const context: HeadContext = {
  tokens: input('tokens', [BATCH, classes, dim]),
  face: { tokens: input('face', [BATCH, height * width, dim]), height, width },
  dim,
  input: { height: 4 * height, width: 4 * width },
  vocabulary: { id: 'none@1', labels: [] },
  parameter(name, shape) {
    declared.set(name, shape);
    return parameter(name, shape);
  },
};
const evaluate = evaluator({
  batch,
  inputs: {
    tokens: tensor([batch, classes, dim], fixture.tokens),
    face: tensor([batch, height * width, dim], fixture.face),
  },
  parameters: new Map(
    Object.entries(fixture.parameters).map(([name, { values }]) => [name, Float32Array.from(values)]),
  ),
});

const furthest = (actual: ArrayLike<number>, expected: readonly number[]): number =>
  expected.reduce((worst, value, i) => Math.max(worst, Math.abs(value - actual[i]!)), 0);

describe('segmentHead', () => {
  it("is PyTorch's transposed convolutions and hypernetwork", () => {
    const output = segmentHead(context);
    expect(output.shape).toEqual([BATCH, classes, 4 * height, 4 * width]);
    const { dims, data } = evaluate(output);
    expect(dims).toEqual([batch, classes, 4 * height, 4 * width]);
    expect(furthest(data, fixture.segment)).toBeLessThan(1e-4);
  });
});

describe('mlpHead', () => {
  it('answers for each token, one after the other', () => {
    const output = mlpHead(context, 3);
    expect(output.shape).toEqual([BATCH, classes * 3]);
    expect(furthest(evaluate(output).data, fixture.mlp)).toBeLessThan(1e-5);
  });
});

it('declares the parameters of the checkpoint layout and no others', () => {
  const shapes = Object.entries(fixture.parameters).map(([name, { shape }]) => [name, shape]);
  expect(Object.fromEntries(declared)).toEqual(Object.fromEntries(shapes));
});
