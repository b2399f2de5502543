import { add, div, mul, reduceMean, reduceSum, scalar, sqrt, sub, type Value } from '@facexformer/core/graph';
import { type Rule, sumTo } from './rule.js';

export const softmaxRule: Rule<'softmax'> = (value, upstream) => {
  const weighted = reduceSum(mul(upstream, value), [-1], true);
  return [mul(value, sub(upstream, weighted))];
};

export const layerNormRule: Rule<'layerNorm'> = ({ inputs, epsilon }, upstream) => {
  const [x, scale, bias] = inputs as [Value, Value, Value];
  const centred = sub(x, reduceMean(x, [-1], true));
  const variance = reduceMean(mul(centred, centred), [-1], true);
  const inverse = div(scalar(1), sqrt(add(variance, epsilon)));
  const normed = mul(centred, inverse);
  const g = mul(upstream, scale);
  const along = mul(normed, reduceMean(mul(g, normed), [-1], true));
  const dx = mul(inverse, sub(sub(g, reduceMean(g, [-1], true)), along));
  return [dx, sumTo(mul(upstream, normed), scale), sumTo(upstream, bias)];
};
