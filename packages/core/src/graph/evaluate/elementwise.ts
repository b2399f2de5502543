import { broadcastStrides, forEachLine, stridesOf } from '../../base/strides.js';
import { sizeOf, type Tensor } from '../../base/tensor.js';
import type { BinaryFunction, ReduceFunction, UnaryFunction } from '../value.js';

/** erf to double precision: its Taylor series inside, a continued fraction of erfc outside. */
function erf(x: number): number {
  const a = Math.abs(x);
  if (a > 6) return Math.sign(x);
  if (a < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n += 1) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 60; n > 0; n -= 1) fraction = n / 2 / (a + fraction);
  return Math.sign(x) * (1 - Math.exp(-a * a) / (Math.sqrt(Math.PI) * (a + fraction)));
}

const UNARY: Record<UnaryFunction, (x: number) => number> = {
  abs: Math.abs,
  cos: Math.cos,
  erf,
  exp: Math.exp,
  gelu: (x) => 0.5 * x * (1 + erf(x * Math.SQRT1_2)),
  log: Math.log,
  neg: (x) => -x,
  reciprocal: (x) => 1 / x,
  relu: (x) => Math.max(x, 0),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  sin: Math.sin,
  sqrt: Math.sqrt,
  tanh: Math.tanh,
};

const BINARY: Record<BinaryFunction, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  max: Math.max,
  min: Math.min,
  greater: (a, b) => (a > b ? 1 : 0),
};

export const evaluateUnary = (fn: UnaryFunction, x: Tensor): Tensor => ({
  dims: x.dims,
  data: x.data.map(UNARY[fn]),
});

export function evaluateBinary(fn: BinaryFunction, a: Tensor, b: Tensor, dims: readonly number[]): Tensor {
  const apply = BINARY[fn];
  const data = new Float32Array(sizeOf(dims));
  forEachLine(dims, broadcastStrides(a.dims, dims), (offset, step, start, length) => {
    for (let i = 0; i < length; i += 1) data[start + i] = a.data[offset + i * step]!;
  });
  forEachLine(dims, broadcastStrides(b.dims, dims), (offset, step, start, length) => {
    for (let i = start; i < start + length; i += 1)
      data[i] = apply(data[i]!, b.data[offset + (i - start) * step]!);
  });
  return { dims, data };
}

export function evaluateReduce(
  fn: ReduceFunction,
  x: Tensor,
  axes: readonly number[],
  dims: readonly number[],
): Tensor {
  const kept = x.dims.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
  const sums = new Float64Array(sizeOf(dims)).fill(fn === 'max' ? -Infinity : 0);
  const strides = stridesOf(kept).map((stride, axis) => (axes.includes(axis) ? 0 : stride));
  const join = fn === 'max' ? Math.max : BINARY.add;
  forEachLine(x.dims, strides, (target, step, start, length) => {
    for (let i = 0; i < length; i += 1) {
      const to = target + i * step;
      sums[to] = join(sums[to]!, x.data[start + i]!);
    }
  });
  const scale = fn === 'mean' ? sums.length / x.data.length : 1;
  return { dims, data: Float32Array.from(sums, (sum) => sum * scale) };
}

export function evaluateSoftmax(x: Tensor): Tensor {
  const width = x.dims.at(-1)!;
  const data = new Float32Array(x.data.length);
  for (let start = 0; start < data.length; start += width) {
    const line = x.data.subarray(start, start + width);
    const top = line.reduce((a, b) => Math.max(a, b), -Infinity);
    const powers = Float64Array.from(line, (value) => Math.exp(value - top));
    const sum = powers.reduce((a, b) => a + b, 0);
    powers.forEach((power, i) => {
      data[start + i] = power / sum;
    });
  }
  return { dims: x.dims, data };
}

export function evaluateLayerNorm(x: Tensor, scale: Tensor, bias: Tensor, epsilon: number): Tensor {
  const width = x.dims.at(-1)!;
  const data = new Float32Array(x.data.length);
  for (let start = 0; start < data.length; start += width) {
    const line = x.data.subarray(start, start + width);
    const mean = line.reduce((a, b) => a + b, 0) / width;
    const variance = line.reduce((a, b) => a + (b - mean) ** 2, 0) / width;
    const inverse = 1 / Math.sqrt(variance + epsilon);
    line.forEach((value, i) => {
      data[start + i] = (value - mean) * inverse * scale.data[i]! + bias.data[i]!;
    });
  }
  return { dims: x.dims, data };
}
