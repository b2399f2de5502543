import {
  add,
  cos,
  div,
  erf,
  exp,
  greater,
  mul,
  neg,
  scalar,
  sin,
  sub,
  type Value,
} from '@facexformer/core/graph';
import { type Rule, sumTo } from './rule.js';

type Unary = Extract<Value, { readonly op: 'unary' }>['fn'];

/** dy/dx of each function, from x and y. */
const SLOPE: Record<Unary, (x: Value, y: Value) => Value> = {
  abs: (x) => sub(greater(x, 0), greater(scalar(0), x)),
  cos: (x) => neg(sin(x)),
  erf: (x) => mul(exp(neg(mul(x, x))), 2 / Math.sqrt(Math.PI)),
  exp: (_, y) => y,
  gelu: (x) => {
    const below = mul(add(erf(mul(x, Math.SQRT1_2)), 1), 0.5);
    return add(below, mul(mul(x, exp(mul(mul(x, x), -0.5))), 1 / Math.sqrt(2 * Math.PI)));
  },
  log: (x) => div(scalar(1), x),
  neg: () => scalar(-1),
  reciprocal: (_, y) => neg(mul(y, y)),
  relu: (x) => greater(x, 0),
  sigmoid: (_, y) => mul(y, sub(scalar(1), y)),
  sin: (x) => cos(x),
  sqrt: (_, y) => div(scalar(0.5), y),
  tanh: (_, y) => sub(scalar(1), mul(y, y)),
};

export const unaryRule: Rule<'unary'> = (value, upstream) => [
  mul(upstream, SLOPE[value.fn](value.inputs[0]!, value)),
];

export const binaryRule: Rule<'binary'> = (value, upstream, wanted) => {
  const [a, b] = value.inputs as [Value, Value];
  const left = (make: () => Value): Value | undefined => (wanted(0) ? sumTo(make(), a) : undefined);
  const right = (make: () => Value): Value | undefined => (wanted(1) ? sumTo(make(), b) : undefined);
  switch (value.fn) {
    case 'add':
      return [left(() => upstream), right(() => upstream)];
    case 'sub':
      return [left(() => upstream), right(() => neg(upstream))];
    case 'mul':
      return [left(() => mul(upstream, b)), right(() => mul(upstream, a))];
    case 'div':
      return [left(() => div(upstream, b)), right(() => neg(div(mul(upstream, value), b)))];
    case 'max':
      return [
        left(() => mul(upstream, greater(a, b))),
        right(() => mul(upstream, sub(scalar(1), greater(a, b)))),
      ];
    case 'min':
      return [
        left(() => mul(upstream, sub(scalar(1), greater(a, b)))),
        right(() => mul(upstream, greater(a, b))),
      ];
    case 'greater':
      return [undefined, undefined]; // flat everywhere
    default:
      return value.fn satisfies never;
  }
};
