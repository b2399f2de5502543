import * as g from '@facexformer/core/graph';
import { noise } from '@facexformer/test-utils/engine';
import { describe, expect, it } from 'vitest';
import { gradients } from '../../src/gradient/gradients.js';

const x = g.input('x', [2, 4, 6, 8]);
const y = g.input('y', [2, 4, 6, 8]);
const c = (shape: readonly number[], seed = 5): g.Value => g.constant(shape, noise(g.sizeOf(shape), seed));
const of = (name: string, shape: readonly number[]): g.Value => g.input(name, shape);
const positive = (value: g.Value): g.Value => g.add(g.mul(value, value), 0.5);
const tokens = g.reshape(x, [2, 24, 8]);

/** Values in -1..0 and 1..2, and values near 0.5: no small step changes which is larger. */
const apart = g.add(x, g.greater(x, 0));
const near = g.add(g.mul(of('b', [8]), 0.1), 0.5);

/** Expressions in inputs that the checks move. */
const CASES: Record<string, g.Value> = {
  abs: g.abs(x),
  cos: g.cos(x),
  erf: g.erf(x),
  exp: g.exp(x),
  gelu: g.gelu(g.mul(x, 2)),
  log: g.log(positive(x)),
  neg: g.neg(x),
  reciprocal: g.reciprocal(positive(x)),
  relu: g.relu(x),
  sigmoid: g.sigmoid(x),
  sin: g.sin(x),
  sqrt: g.sqrt(positive(x)),
  tanh: g.tanh(x),
  add: g.add(x, of('b', [6, 1])),
  sub: g.sub(of('b', [4, 1, 1]), x),
  mul: g.mul(x, of('b', [8])),
  div: g.div(y, positive(g.mul(x, of('b', [6, 1])))),
  maximum: g.maximum(apart, near),
  minimum: g.minimum(apart, near),
  matMul: g.matMul(x, of('b', [8, 5])),
  'matMul transposeB': g.matMul(x, of('b', [5, 8]), { transposeB: true }),
  'matMul of lists': g.matMul(x, of('b', [4, 8, 3])),
  'matMul of lists transposed': g.matMul(x, of('b', [4, 3, 6]), { transposeA: true, transposeB: true }),
  'matMul of a fixed left side': g.matMul(of('b', [3, 6]), x),
  linear: g.linear(x, of('w', [5, 8]), of('b', [5])),
  layerNorm: g.layerNorm(x, of('w', [8]), of('b', [8])),
  softmax: g.softmax(g.mul(x, 3)),
  attention: g.attention(tokens, g.mul(tokens, of('w', [8])), g.reshape(y, [2, 24, 8]), {
    heads: 2,
    bias: of('b', [2, 24, 24]),
  }),
  'attention of shared queries': g.attention(of('b', [1, 3, 8]), tokens, tokens, { heads: 4 }),
  reshape: g.reshape(x, [2, 12, 16]),
  transpose: g.transpose(x, [3, 0, 2, 1]),
  expand: g.mul(g.expand(of('b', [6, 1]), [2, 4, 6, 8]), x),
  concat: g.concat([x, y, g.mul(x, y)], 2),
  slice: g.slice(x, 2, 1, 4),
  pad: g.pad(x, [0, 1, 0, 2], [0, 0, 3, 1]),
  gather: g.gather(x, 2, Int32Array.of(5, 0, 0, 3, 0)),
  reduceSum: g.reduceSum(x, [1, 3]),
  reduceMean: g.reduceMean(x, [0, 2], true),
  reduceMax: g.reduceMax(x, [2]),
  conv: g.conv(x, of('w', [3, 4, 3, 3]), of('b', [3]), { padding: [1, 1, 1, 1] }),
  'conv of stride 2': g.conv(x, of('w', [3, 4, 3, 3]), of('b', [3]), { stride: 2, padding: [1, 1, 0, 0] }),
  'conv of stride 2, larger padding': g.conv(x, of('w', [3, 4, 3, 3]), undefined, {
    stride: 2,
    padding: [1, 1, 1, 1],
  }),
  'conv 1x1': g.conv(x, of('w', [5, 4, 1, 1]), of('b', [5])),
  'conv of patches': g.conv(x, of('w', [3, 4, 2, 2]), undefined, { stride: 2 }),
  'depthwise conv': g.conv(x, of('w', [4, 1, 3, 3]), of('b', [4]), { groups: 4, padding: [1, 1, 1, 1] }),
};

const STEP = 4e-3;

describe('every rule agrees with finite differences', () => {
  it.each(Object.entries(CASES))('%s', (_, value) => {
    const dims = value.shape as readonly number[];
    const loss = g.reduceSum(
      g.mul(value, c(dims)),
      dims.map((__, axis) => axis),
    );
    const inputs = g.topological([loss]).filter((leaf) => leaf.op === 'input');
    const feeds = Object.fromEntries(
      inputs.map((leaf, i) => {
        const shape = leaf.shape as readonly number[];
        return [leaf.name, { dims: shape, data: noise(g.sizeOf(shape), i + 2) }];
      }),
    );
    const evaluate = g.evaluator({ inputs: feeds });
    const analytic = gradients(loss, inputs).map((gradient) => evaluate(gradient));
    inputs.forEach((leaf, i) => {
      const { data } = feeds[leaf.name]!;
      const gradient = analytic[i]!.data;
      expect(gradient).toHaveLength(data.length);
      const scale = Math.max(...gradient.map(Math.abs), 0.1);
      const lossAt = (index: number, to: number): number => {
        const moved = data.with(index, to);
        return g.evaluator({
          inputs: { ...feeds, [leaf.name]: { dims: feeds[leaf.name]!.dims, data: moved } },
        })(loss).data[0]!;
      };
      for (let k = 0; k < 12; k += 1) {
        const index = (k * 7919 + 3) % data.length;
        const [up, down] = [lossAt(index, data[index]! + STEP), lossAt(index, data[index]! - STEP)];
        expect(Math.abs((up - down) / (2 * STEP) - gradient[index]!), `${leaf.name}[${index}]`).toBeLessThan(
          0.02 * scale,
        );
      }
    });
  });
});

it('gives zeros for what the loss does not depend on, and refuses a loss that is no scalar', () => {
  const [zero] = gradients(g.reduceSum(x, [0, 1, 2, 3]), [y]);
  expect(
    g
      .evaluator({})(zero!)
      .data.every((value) => value === 0),
  ).toBe(true);
  expect(() => gradients(x, [x])).toThrow('a loss must be a scalar');
});
