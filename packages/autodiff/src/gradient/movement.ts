import {
  add,
  expand,
  gather,
  greater,
  mul,
  pad,
  reshape,
  scalar,
  slice,
  sub,
  transpose,
  type Value,
} from '@facexformer/core/graph';
import { dimsOf, type Rule, sumTo } from './rule.js';

export const reshapeRule: Rule<'reshape'> = ({ inputs }, upstream) => [reshape(upstream, inputs[0]!.shape)];

export const expandRule: Rule<'expand'> = ({ inputs }, upstream) => [sumTo(upstream, inputs[0]!)];

export const transposeRule: Rule<'transpose'> = ({ permutation }, upstream) => [
  transpose(
    upstream,
    permutation.map((_, axis) => permutation.indexOf(axis)),
  ),
];

export const concatRule: Rule<'concat'> = ({ inputs, axis }, upstream) => {
  let start = 0;
  return inputs.map((x) => {
    const end = start + dimsOf(x)[axis]!;
    const part = slice(upstream, axis, start, end);
    start = end;
    return part;
  });
};

export const sliceRule: Rule<'slice'> = ({ inputs, axis, start, end }, upstream) => {
  const dims = dimsOf(inputs[0]!);
  const amounts = (amount: number): number[] => dims.map((_, index) => (index === axis ? amount : 0));
  return [pad(upstream, amounts(start), amounts(dims[axis]! - end))];
};

export const padRule: Rule<'pad'> = ({ inputs, before }, upstream) => [
  dimsOf(inputs[0]!).reduce(
    (part, dim, axis) => slice(part, axis, before[axis]!, before[axis]! + dim),
    upstream,
  ),
];

/** Each entry collects the gradients of all places that it was copied to; place n of every entry at once. */
export const gatherRule: Rule<'gather'> = ({ inputs, axis, indices }, upstream) => {
  const size = dimsOf(inputs[0]!)[axis]!;
  const places: number[][] = Array.from({ length: size }, () => []);
  indices.forEach((entry, place) => {
    places[entry]!.push(place);
  });
  const most = Math.max(...places.map(({ length }) => length));
  const zero = indices.length; // a place of zeros behind the gradient
  const amounts = (amount: number): number[] =>
    upstream.shape.map((_, index) => (index === axis ? amount : 0));
  const padded = pad(upstream, amounts(0), amounts(1));
  const parts = Array.from({ length: most }, (_, n) =>
    gather(
      padded,
      axis,
      Int32Array.from(places, (ofEntry) => ofEntry[n] ?? zero),
    ),
  );
  return [parts.reduce((sum, part) => add(sum, part))];
};

export const reduceRule: Rule<'reduce'> = (value, upstream) => {
  const x = value.inputs[0] as Value;
  const dims = dimsOf(x);
  const kept = dims.map((dim, axis) => (value.axes.includes(axis) ? 1 : dim));
  const whole = (part: Value): Value => reshape(part, kept);
  switch (value.fn) {
    case 'sum':
      return [expand(whole(upstream), dims)];
    case 'mean': {
      const count = value.axes.reduce((product, axis) => product * dims[axis]!, 1);
      return [expand(mul(whole(upstream), 1 / count), dims)];
    }
    case 'max':
      return [mul(whole(upstream), sub(scalar(1), greater(whole(value), x)))]; // equals share it whole
    default:
      return value.fn satisfies never;
  }
};
