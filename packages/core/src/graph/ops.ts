import {
  checkOptions,
  demand,
  FLAG,
  FLOATS,
  kind,
  listOf,
  NUMBER,
  TEXT,
  tagOf,
  whole,
} from '../base/arguments.js';
import { isFloat32 } from '../base/tensor.js';
import { AXES, CONV, graphValues, REAL, SHAPE } from './graph-arguments.js';
import {
  broadcast,
  elements,
  fixed,
  fixedShape,
  graphError,
  resolveAxis,
  sameDim,
  sameShape,
  showShape,
  timesDim,
} from './shape.js';
import {
  type BinaryFunction,
  type Dim,
  type Operation,
  type ReduceFunction,
  type Shape,
  type UnaryFunction,
  VALUE,
  type Value,
} from './value.js';

const make = (operation: Operation, inputs: readonly Value[], shape: Shape): Value => ({
  ...operation,
  inputs,
  shape,
});

/** A feed of the graph. */
export const input = (name: string, shape: Shape): Value =>
  make({ op: 'input', name: demand(name, TEXT, 'input: name') }, [], demand(shape, SHAPE, 'input: shape'));

/** A named tensor whose values a checkpoint brings. */
export const parameter = (name: string, shape: readonly number[]): Value =>
  make(
    { op: 'parameter', name: demand(name, TEXT, 'parameter: name') },
    [],
    demand(shape, SHAPE, 'parameter: shape'),
  );

/**
 * Values known when the graph is built.
 * @throws {FaceXFormerError} `GRAPH` when their number does not fill the shape.
 */
export function constant(shape: readonly number[], data: Float32Array | readonly number[]): Value {
  demand(shape, SHAPE, 'constant: shape');
  demand(
    data,
    kind('numbers', (value) => FLOATS.fits(value) || Array.isArray(value)),
    'constant: data',
  );
  const values = isFloat32(data) ? data : Float32Array.from(data);
  if (values.length !== elements(shape).count) {
    throw graphError('constant', `${values.length} values for the shape ${showShape(shape)}`);
  }
  return make({ op: 'constant', data: values }, [], shape);
}

/** A constant of shape []. */
export const scalar = (value: number): Value => constant([], [demand(value, REAL, 'scalar: value')]);

const unary = (fn: UnaryFunction, x: Value): Value =>
  make({ op: 'unary', fn }, [demand(x, VALUE, `${fn}: x`)], x.shape);
/** |x|, element by element. */
export const abs = (x: Value): Value => unary('abs', x);
/** cos x, radians, element by element. */
export const cos = (x: Value): Value => unary('cos', x);
/** The error function, element by element. */
export const erf = (x: Value): Value => unary('erf', x);
/** e to the power of x, element by element. */
export const exp = (x: Value): Value => unary('exp', x);
/** x times the normal distribution function of x, exact, element by element. */
export const gelu = (x: Value): Value => unary('gelu', x);
/** Natural logarithm, element by element. */
export const log = (x: Value): Value => unary('log', x);
/** -x, element by element. */
export const neg = (x: Value): Value => unary('neg', x);
/** 1 / x, element by element. */
export const reciprocal = (x: Value): Value => unary('reciprocal', x);
/** max(x, 0), element by element. */
export const relu = (x: Value): Value => unary('relu', x);
/** 1 / (1 + exp(-x)), element by element. */
export const sigmoid = (x: Value): Value => unary('sigmoid', x);
/** sin x, radians, element by element. */
export const sin = (x: Value): Value => unary('sin', x);
/** Square root, element by element. */
export const sqrt = (x: Value): Value => unary('sqrt', x);
/** Hyperbolic tangent, element by element. */
export const tanh = (x: Value): Value => unary('tanh', x);

const binary = (fn: BinaryFunction, a: Value, b: Value | number): Value => {
  const right = typeof b === 'number' ? scalar(b) : b;
  graphValues(fn, a, right);
  return make({ op: 'binary', fn }, [a, right], broadcast(fn, a.shape, right.shape));
};
/** a + b; shapes broadcast. */
export const add = (a: Value, b: Value | number): Value => binary('add', a, b);
/** a - b; shapes broadcast. */
export const sub = (a: Value, b: Value | number): Value => binary('sub', a, b);
/** a * b, element by element; shapes broadcast. */
export const mul = (a: Value, b: Value | number): Value => binary('mul', a, b);
/** a / b; shapes broadcast. */
export const div = (a: Value, b: Value | number): Value => binary('div', a, b);
/** The greater of a and b; shapes broadcast. */
export const maximum = (a: Value, b: Value | number): Value => binary('max', a, b);
/** The lesser of a and b; shapes broadcast. */
export const minimum = (a: Value, b: Value | number): Value => binary('min', a, b);
/** 1 where a > b, else 0. */
export const greater = (a: Value, b: Value | number): Value => binary('greater', a, b);

/** [..., M, K] x [..., K, N] -> [..., M, N]; leading axes broadcast. */
export function matMul(
  a: Value,
  b: Value,
  options: { transposeA?: boolean; transposeB?: boolean } = {},
): Value {
  graphValues('matMul', a, b);
  checkOptions('matMul', options, { transposeA: FLAG, transposeB: FLAG });
  const { transposeA = false, transposeB = false } = options;
  if (a.shape.length < 2 || b.shape.length < 2) {
    throw graphError('matMul', `${showShape(a.shape)} x ${showShape(b.shape)}: both need two axes`);
  }
  const [m, k] = transposeA ? [a.shape.at(-1)!, a.shape.at(-2)!] : [a.shape.at(-2)!, a.shape.at(-1)!];
  const [k2, n] = transposeB ? [b.shape.at(-1)!, b.shape.at(-2)!] : [b.shape.at(-2)!, b.shape.at(-1)!];
  if (!sameDim(k, k2)) {
    throw graphError('matMul', `${showShape(a.shape)} x ${showShape(b.shape)}: inner axes differ`);
  }
  const lead = broadcast('matMul', a.shape.slice(0, -2), b.shape.slice(0, -2));
  return make({ op: 'matMul', transposeA, transposeB }, [a, b], [...lead, m, n]);
}

/** x [..., I], weight [O, I], bias [O] -> [..., O] */
export function linear(x: Value, weight: Value, bias?: Value): Value {
  graphValues('linear', x, weight, ...(bias ? [bias] : []));
  const [out, width] = weight.shape;
  if (weight.shape.length !== 2 || !sameDim(width!, x.shape.at(-1) ?? 1)) {
    throw graphError('linear', `weight ${showShape(weight.shape)} does not fit ${showShape(x.shape)}`);
  }
  if (bias && !sameShape(bias.shape, [out!])) {
    throw graphError(
      'linear',
      `bias ${showShape(bias.shape)} does not fit weight ${showShape(weight.shape)}`,
    );
  }
  return make({ op: 'linear' }, bias ? [x, weight, bias] : [x, weight], [...x.shape.slice(0, -1), out!]);
}

/** Over the last axis, biased variance. */
export function layerNorm(x: Value, scale: Value, bias: Value, epsilon = 1e-5): Value {
  graphValues('layerNorm', x, scale, bias);
  const channels = [x.shape.at(-1) ?? 1];
  if (!sameShape(scale.shape, channels) || !sameShape(bias.shape, channels)) {
    throw graphError('layerNorm', `scale ${showShape(scale.shape)} does not fit ${showShape(x.shape)}`);
  }
  return make({ op: 'layerNorm', epsilon }, [x, scale, bias], x.shape);
}

/** Over the last axis. */
export const softmax = (x: Value): Value =>
  make({ op: 'softmax' }, [demand(x, VALUE, 'softmax: x')], x.shape);

/** Multi-head attention, softmax(q k^T * scale + bias) v with heads side by side in the last axis. */
export function attention(
  q: Value,
  k: Value,
  v: Value,
  options: { heads: number; bias?: Value; scale?: number },
): Value {
  graphValues('attention', q, k, v);
  checkOptions('attention', options, { heads: whole(1), bias: VALUE, scale: NUMBER }, ['heads']);
  const { heads, bias, scale } = options;
  const width = fixed('attention', q.shape, -1);
  if (!sameShape(k.shape, v.shape) || width !== k.shape.at(-1) || width % heads !== 0) {
    throw graphError(
      'attention',
      `q ${showShape(q.shape)}, k ${showShape(k.shape)}, v ${showShape(v.shape)} with ${heads} heads`,
    );
  }
  const lead = broadcast('attention', q.shape.slice(0, -2), k.shape.slice(0, -2));
  const n = q.shape.at(-2)!;
  if (bias) {
    const logits = [...lead, heads, n, k.shape.at(-2)!];
    if (!sameShape(broadcast('attention bias', logits, bias.shape), logits)) {
      throw graphError('attention', `bias ${showShape(bias.shape)} does not fit ${showShape(logits)}`);
    }
  }
  return make(
    { op: 'attention', heads, scale: scale ?? (width / heads) ** -0.5 },
    bias ? [q, k, v, bias] : [q, k, v],
    [...lead, n, width],
  );
}

/** The same values in another shape. */
export function reshape(x: Value, shape: Shape): Value {
  graphValues('reshape', x);
  demand(shape, SHAPE, 'reshape: shape');
  const from = elements(x.shape);
  const to = elements(shape);
  if (from.count !== to.count || from.batched !== to.batched) {
    throw graphError('reshape', `${showShape(x.shape)} does not fill ${showShape(shape)}`);
  }
  if (sameShape(x.shape, shape)) return x;
  return make({ op: 'reshape' }, [x], shape);
}

/** Repeats axes of size 1, and adds leading axes, until `x` has the given shape. */
export function expand(x: Value, shape: Shape): Value {
  graphValues('expand', x);
  demand(shape, SHAPE, 'expand: shape');
  if (!sameShape(broadcast('expand', x.shape, shape), shape)) {
    throw graphError('expand', `${showShape(x.shape)} does not stretch to ${showShape(shape)}`);
  }
  return sameShape(x.shape, shape) ? x : make({ op: 'expand' }, [x], fixedShape('expand', shape));
}

/** Axes in the order of `permutation`. */
export function transpose(x: Value, permutation: readonly number[]): Value {
  graphValues('transpose', x);
  demand(permutation, AXES, 'transpose: permutation');
  const complete = new Set(permutation).size === x.shape.length && permutation.length === x.shape.length;
  if (!complete || permutation.some((axis) => x.shape[axis] === undefined)) {
    throw graphError('transpose', `[${permutation}] is not a permutation of ${showShape(x.shape)}`);
  }
  if (permutation.every((axis, index) => axis === index)) return x;
  return make(
    { op: 'transpose', permutation },
    [x],
    permutation.map((axis) => x.shape[axis]!),
  );
}

/** Values joined along an axis; all other dimensions are equal. */
export function concat(values: readonly Value[], axis: number): Value {
  const [first] = demand(values, listOf(VALUE), 'concat: values');
  if (!first) throw graphError('concat', 'nothing to join');
  if (values.length === 1) return first;
  const at = resolveAxis('concat', first.shape, axis);
  let total = 0;
  for (const { shape } of values) {
    const fits =
      shape.length === first.shape.length &&
      shape.every((dim, i) => i === at || sameDim(dim, first.shape[i]!));
    if (!fits) throw graphError('concat', `${showShape(shape)} does not continue ${showShape(first.shape)}`);
    total += fixed('concat', shape, at);
  }
  return make({ op: 'concat', axis: at }, values, first.shape.with(at, total));
}

/** `start` to `end` (exclusive) along an axis. Rows of a parameter stay a parameter: a view of the stored one. */
export function slice(x: Value, axis: number, start: number, end: number): Value {
  graphValues('slice', x);
  const at = resolveAxis('slice', x.shape, axis);
  const size = fixed('slice', x.shape, at);
  if (!(start >= 0 && start < end && end <= size)) {
    throw graphError('slice', `${start}..${end} is outside axis ${axis} of ${showShape(x.shape)}`);
  }
  if (start === 0 && end === size) return x;
  const shape = x.shape.with(at, end - start);
  if (x.op === 'parameter' && at === 0) {
    const stored = x.range?.stored ?? fixedShape('slice', x.shape);
    const base = x.range?.start ?? 0;
    return make(
      { op: 'parameter', name: x.name, range: { start: base + start, end: base + end, stored } },
      [],
      shape,
    );
  }
  return make({ op: 'slice', axis: at, start, end }, [x], shape);
}

/** Zeros before and after each axis. */
export function pad(x: Value, before: readonly number[], after: readonly number[]): Value {
  graphValues('pad', x);
  demand(before, AXES, 'pad: before');
  demand(after, AXES, 'pad: after');
  if (before.length !== x.shape.length || after.length !== x.shape.length) {
    throw graphError('pad', `[${before}], [${after}] do not fit ${showShape(x.shape)}`);
  }
  if ([...before, ...after].every((amount) => amount === 0)) return x;
  const shape = x.shape.map((dim, axis) => {
    const amount = before[axis]! + after[axis]!;
    return amount === 0 ? dim : fixed('pad', x.shape, axis) + amount;
  });
  return make({ op: 'pad', before, after }, [x], shape);
}

/** Picks entries of an axis by constant indices. */
export function gather(x: Value, axis: number, indices: Int32Array): Value {
  graphValues('gather', x);
  const at = resolveAxis('gather', x.shape, axis);
  const size = fixed('gather', x.shape, at);
  demand(
    indices,
    kind('an Int32Array', (value) => tagOf(value) === 'Int32Array'),
    'gather: indices',
  );
  if (indices.some((index) => index < 0 || index >= size)) {
    throw graphError('gather', `an index is outside axis ${axis} of ${showShape(x.shape)}`);
  }
  return make({ op: 'gather', axis: at, indices }, [x], x.shape.with(at, indices.length));
}

const reduce = (fn: ReduceFunction, x: Value, axes: readonly number[], keepDims: boolean): Value => {
  graphValues(`reduce ${fn}`, x);
  const at = demand(axes, AXES, `reduce ${fn}: axes`)
    .map((axis) => resolveAxis(`reduce ${fn}`, x.shape, axis))
    .sort((a, b) => a - b);
  const shape = x.shape.flatMap((dim, axis): Dim[] => (at.includes(axis) ? (keepDims ? [1] : []) : [dim]));
  return make({ op: 'reduce', fn, axes: at, keepDims }, [x], shape);
};
/** Sum over axes, which vanish or keep size 1. */
export const reduceSum = (x: Value, axes: readonly number[], keepDims = false): Value =>
  reduce('sum', x, axes, keepDims);
/** Mean over axes, which vanish or keep size 1. */
export const reduceMean = (x: Value, axes: readonly number[], keepDims = false): Value =>
  reduce('mean', x, axes, keepDims);
/** Maximum over axes, which vanish or keep size 1. */
export const reduceMax = (x: Value, axes: readonly number[], keepDims = false): Value =>
  reduce('max', x, axes, keepDims);

const outputSize = (op: string, size: number, kernel: number, stride: number, padding: number): number => {
  const out = Math.floor((size + padding - kernel) / stride) + 1;
  if (out < 1) throw graphError(op, `a kernel of ${kernel} does not fit a size of ${size}`);
  return out;
};

/** x [B, I, H, W], weight [O, I / groups, kh, kw] -> [B, O, H', W']; padding [top, left, bottom, right]. */
export function conv(
  x: Value,
  weight: Value,
  bias?: Value,
  options: { stride?: number; padding?: readonly [number, number, number, number]; groups?: number } = {},
): Value {
  graphValues('conv', x, weight, ...(bias ? [bias] : []));
  checkOptions('conv', options, CONV);
  const { stride = 1, padding = [0, 0, 0, 0], groups = 1 } = options;
  const [out, perGroup, kh, kw] = fixedShape('conv', weight.shape);
  if (
    x.shape.length !== 4 ||
    weight.shape.length !== 4 ||
    fixed('conv', x.shape, 1) !== perGroup! * groups ||
    out! % groups !== 0
  ) {
    throw graphError(
      'conv',
      `weight ${showShape(weight.shape)} with ${groups} groups does not fit ${showShape(x.shape)}`,
    );
  }
  if (bias && !sameShape(bias.shape, [out!])) {
    throw graphError('conv', `bias ${showShape(bias.shape)} does not fit weight ${showShape(weight.shape)}`);
  }
  const [top, left, bottom, right] = padding;
  const height = outputSize('conv', fixed('conv', x.shape, 2), kh!, stride, top + bottom);
  const width = outputSize('conv', fixed('conv', x.shape, 3), kw!, stride, left + right);
  const shape = [x.shape[0]!, out!, height, width];
  return make({ op: 'conv', stride, padding, groups }, bias ? [x, weight, bias] : [x, weight], shape);
}

/** x [B, C, H, W] -> [B, C, H', W'], no padding. */
export function maxPool(x: Value, kernel: number, stride: number): Value {
  graphValues('maxPool', x);
  demand(kernel, whole(1), 'maxPool: kernel');
  demand(stride, whole(1), 'maxPool: stride');
  const height = outputSize('maxPool', fixed('maxPool', x.shape, 2), kernel, stride, 0);
  const width = outputSize('maxPool', fixed('maxPool', x.shape, 3), kernel, stride, 0);
  return make({ op: 'maxPool', kernel, stride }, [x], [x.shape[0]!, x.shape[1]!, height, width]);
}

/** x [B, C, H, W] -> [B, C, factor H, factor W], bilinear with pixel centres at half. */
export function upsample(x: Value, factor: number): Value {
  graphValues('upsample', x);
  const [batch, channels] = x.shape;
  if (x.shape.length !== 4 || !(Number.isInteger(factor) && factor > 0)) {
    throw graphError('upsample', `${showShape(x.shape)} cannot grow ${factor} times`);
  }
  const [height, width] = [fixed('upsample', x.shape, 2), fixed('upsample', x.shape, 3)];
  return make({ op: 'upsample', factor }, [x], [batch!, channels!, height * factor, width * factor]);
}

/** Joins axes `from` to `to` (inclusive) into one. */
export function flatten(x: Value, from: number, to: number): Value {
  graphValues('flatten', x);
  const joined = x.shape.slice(from, to + 1).reduce(timesDim, 1);
  return reshape(x, [...x.shape.slice(0, from), joined, ...x.shape.slice(to + 1)]);
}
