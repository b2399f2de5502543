import { maxAbsDiff, noise, runOnnx } from '@facexformer/test-utils/engine';
import { describe, expect, it } from 'vitest';
import { sizeOf } from '../../../src/base/tensor.js';
import { evaluator } from '../../../src/graph/evaluate/evaluate.js';
import { exportOnnx } from '../../../src/graph/lower/export.js';
import type { Target } from '../../../src/graph/onnx/onnx-model.js';
import * as g from '../../../src/graph/ops.js';
import { BATCH, type Value } from '../../../src/graph/value.js';

const x = g.input('x', [BATCH, 4, 6, 8]);
const c = (shape: readonly number[], seed = 7): Value => g.constant(shape, noise(sizeOf(shape), seed));
const positive = g.add(g.abs(x), 0.1);
const tokens = g.reshape(x, [BATCH, 24, 8]);

/** One graph per operation; the engine and our evaluation must agree on each. */
const CASES: Record<string, Value> = {
  abs: g.abs(x),
  cos: g.cos(x),
  erf: g.erf(x),
  exp: g.exp(x),
  gelu: g.gelu(g.mul(x, 4)),
  log: g.log(positive),
  neg: g.neg(x),
  reciprocal: g.reciprocal(positive),
  relu: g.relu(x),
  sigmoid: g.sigmoid(x),
  sin: g.sin(x),
  sqrt: g.sqrt(positive),
  tanh: g.tanh(x),
  add: g.add(x, c([6, 1])),
  sub: g.sub(c([4, 1, 1]), x),
  mul: g.mul(x, c([8])),
  div: g.div(x, g.add(g.abs(c([6, 8])), 0.5)),
  maximum: g.maximum(x, c([8])),
  minimum: g.minimum(x, c([8])),
  greater: g.greater(x, c([8])),
  matMul: g.matMul(x, c([8, 5])),
  'matMul of two lists': g.matMul(x, c([4, 8, 3])),
  'matMul transposeB': g.matMul(x, c([4, 5, 8]), { transposeB: true }),
  'matMul transposeA': g.matMul(x, c([4, 6, 2]), { transposeA: true }),
  'matMul of matrices': g.matMul(g.reshape(x, [BATCH, 192]), c([3, 192]), { transposeB: true }),
  linear: g.linear(x, c([5, 8]), c([5])),
  'linear without bias': g.linear(x, c([5, 8])),
  layerNorm: g.layerNorm(x, c([8], 2), c([8], 3)),
  'layerNorm of a sum': g.layerNorm(g.add(tokens, g.exp(tokens)), c([8], 2), c([8], 3)),
  'layerNorm of a sum of rows': g.layerNorm(
    g.add(g.reshape(x, [BATCH, 192]), g.abs(g.reshape(x, [BATCH, 192]))),
    c([192], 2),
    c([192], 3),
  ),
  softmax: g.softmax(g.mul(x, 5)),
  attention: g.attention(tokens, g.mul(tokens, 2), tokens, { heads: 2 }),
  'attention to two lists': g.attention(
    tokens,
    g.concat([tokens, g.mul(tokens, 2)], 1),
    g.concat([g.abs(tokens), tokens], 1),
    { heads: 2 },
  ),
  'attention with bias': g.attention(tokens, tokens, tokens, { heads: 4, bias: c([4, 24, 24]) }),
  'attention of constant queries': g.attention(c([1, 3, 8]), tokens, tokens, { heads: 2 }),
  reshape: g.reshape(x, [BATCH, 2, 12, 8]),
  expand: g.add(g.expand(c([6, 1]), [4, 6, 8]), x),
  transpose: g.transpose(x, [0, 3, 1, 2]),
  concat: g.concat(
    [x, c([1, 4, 6, 8])].map((value) => g.add(value, g.mul(x, 0))),
    2,
  ),
  slice: g.slice(x, 3, 2, 7),
  pad: g.pad(x, [0, 0, 1, 2], [0, 1, 0, 3]),
  gather: g.gather(x, 2, Int32Array.of(5, 0, 0, 3)),
  reduceSum: g.reduceSum(x, [1, 3]),
  reduceMean: g.reduceMean(x, [-1], true),
  reduceMax: g.reduceMax(x, [2]),
  conv: g.conv(x, c([6, 4, 3, 3]), c([6]), { stride: 2, padding: [0, 1, 1, 0] }),
  'depthwise conv': g.conv(x, c([4, 1, 3, 3]), undefined, { groups: 4, padding: [1, 1, 1, 1] }),
  maxPool: g.maxPool(x, 2, 2),
  upsample: g.upsample(x, 2),
};

const parameters = { read: () => Promise.reject(new Error('no parameters here')) };

describe.each<Target>(['portable', 'cpu'])('operations lowered for %s', (target) => {
  it.each(Object.entries(CASES))('%s', async (_, value) => {
    const feeds = { x: { dims: [3, 4, 6, 8], data: noise(3 * 4 * 6 * 8) } };
    const model = await exportOnnx({ outputs: { y: value }, parameters, target });
    const { y } = await runOnnx(model, feeds);
    const expected = evaluator({ inputs: feeds, batch: 3 })(value);
    expect(y!.dims).toEqual(expected.dims);
    expect(maxAbsDiff(y!.data, expected.data)).toBeLessThan(
      2e-6 * Math.max(1, ...expected.data.map(Math.abs)),
    );
  });
});

describe('exportOnnx', () => {
  const weight = noise(12, 5);
  const source = { read: async () => weight };

  it('folds what depends on parameters alone', async () => {
    const w = g.parameter('w', [4, 3]);
    const folded = g.linear(g.input('x', [BATCH, 3]), g.mul(g.transpose(g.reshape(w, [3, 4]), [1, 0]), 2));
    const { bytes } = await exportOnnx({ outputs: { y: folded }, parameters: source });
    expect(new TextDecoder('latin1').decode(bytes)).not.toMatch(/Transpose|Mul/);
    const feeds = { x: { dims: [2, 3], data: noise(6) } };
    const { y } = await runOnnx({ bytes }, feeds);
    const expected = evaluator({ inputs: feeds, batch: 2, parameters: new Map([['w', weight]]) })(folded);
    expect(maxAbsDiff(y!.data, expected.data)).toBeLessThan(1e-6);
  });

  it('gives the same values to two outputs, to an output that is an input, and to rows of a parameter', async () => {
    const input = g.input('x', [2, 3]);
    const rows = g.slice(g.parameter('w', [4, 3]), 0, 1, 3);
    const sum = g.add(input, rows);
    const model = await exportOnnx({ outputs: { a: sum, b: sum, c: input }, parameters: source });
    const { a, b, c: same } = await runOnnx(model, { x: { dims: [2, 3], data: noise(6) } });
    expect(a!.data).toEqual(b!.data);
    expect(same!.data).toEqual(noise(6));
    expect(
      maxAbsDiff(
        a!.data,
        noise(6).map((value, i) => value + weight[3 + i]!),
      ),
    ).toBeLessThan(1e-6);
  });

  it('writes nothing that nobody reads', async () => {
    const twice = g.reshape(g.reshape(g.abs(x), [BATCH, 24, 8]), [BATCH, 8, 24]);
    const back = g.reshape(g.reshape(g.exp(x), [BATCH, 24, 8]), [BATCH, 4, 6, 8]);
    const parameters = { read: () => Promise.reject(new Error('there are none')) };
    const { bytes } = await exportOnnx({ outputs: { twice, back }, parameters });
    expect(
      Buffer.from(bytes)
        .toString('latin1')
        .match(/Reshape/g),
    ).toHaveLength(1);
  });

  it('computes linear layers in int8 close to fp32', async () => {
    const wide = noise(64 * 96, 3);
    const layer = g.linear(g.input('x', [BATCH, 96]), g.parameter('w', [64, 96]), c([64]));
    const options = { outputs: { y: layer }, parameters: { read: async () => wide } };
    const feeds = { x: { dims: [5, 96], data: noise(5 * 96) } };
    const exact = await runOnnx(await exportOnnx(options), feeds);
    const model = await exportOnnx({ ...options, precision: 'int8' });
    const rounded = await runOnnx(model, feeds);
    const difference = maxAbsDiff(exact.y!.data, rounded.y!.data);
    expect(difference).toBeGreaterThan(0);
    expect(difference).toBeLessThan(0.15); // outputs have a deviation of about 3
    expect(model.bytes.length).toBeLessThan(wide.byteLength / 3);
  });
});
