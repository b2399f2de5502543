import { add, div, mul, reduceSum, scalar, sqrt, sub, type Value } from '@facexformer/core/graph';
import type { Learning } from '@facexformer/core/task';
import { vectorOf } from './label.js';

/** Learns from the vectors of a teacher, whose own length does not matter. */
export const learning: Learning = { loss: cosineLoss, encode: vectorOf };

/**
 * One minus the cosine of both vectors, [B].
 * @param raw [B, size]
 * @param target [B, size]
 */
export function cosineLoss(raw: Value, target: Value): Value {
  const dot = (a: Value, b: Value): Value => reduceSum(mul(a, b), [1]);
  const lengths = sqrt(add(mul(dot(raw, raw), dot(target, target)), 1e-8));
  return sub(scalar(1), div(dot(raw, target), lengths));
}
