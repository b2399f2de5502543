import {
  abs,
  add,
  constant,
  div,
  exp,
  log,
  matMul,
  maximum,
  minimum,
  mul,
  neg,
  reduceMean,
  reduceSum,
  relu,
  reshape,
  scalar,
  sub,
  type Value,
} from '@facexformer/core/graph';

/** Logits are cut here before the exponential, far above what a trained network says. */
const LARGEST = 60;

const logits = (x: Value): Value => minimum(x, LARGEST);

/** Mean of losses [B] over the rows that have a label. */
export const maskedMean = (losses: Value, weights: Value): Value =>
  div(reduceSum(mul(losses, weights), [0]), maximum(reduceSum(weights, [0]), 1));

/** Cross-entropy [B] of logits [B, classes] with a target distribution. */
export function crossEntropy(x: Value, target: Value): Value {
  const cut = logits(x);
  const total = log(reduceSum(exp(cut), [1], true)); // [B, 1]
  return reduceSum(mul(target, sub(total, cut)), [1]);
}

/** Binary cross-entropy [B], mean over the last axis of logits [B, K]. */
export function binaryCrossEntropy(x: Value, target: Value): Value {
  const softplus = log(add(exp(neg(abs(x))), 1));
  return reduceMean(add(sub(relu(x), mul(x, target)), softplus), [1]);
}

/** Mean absolute difference [B] over the last axis. */
export const absolute = (x: Value, target: Value): Value => reduceMean(abs(sub(x, target)), [1]);

/** Paper: mean of the error of the expected age (in decades, so that both are of one size) and cross-entropy: [B]. */
export function ageLoss(x: Value, target: Value, years: Value, centres: readonly number[]): Value {
  const cut = exp(logits(x));
  const weighted = matMul(cut, constant([centres.length, 1], centres)); // [B, 1]
  const expected = div(weighted, reduceSum(cut, [1], true));
  const error = mul(abs(sub(reshape(expected, years.shape), years)), 0.1);
  return mul(add(error, crossEntropy(x, target)), 0.5);
}

/**
 * Paper: mean of Dice and cross-entropy over the pixels whose class is known; scalar.
 * @param x logits [P, classes, H, W]
 * @param target one-hot, all zero where unknown
 */
export function parsingLoss(x: Value, target: Value): Value {
  const powers = exp(logits(x));
  const sums = reduceSum(powers, [1], true);
  const known = reduceSum(target, [1], true); // [P, 1, H, W]
  const count = maximum(reduceSum(known, [0, 1, 2, 3]), 1);
  const truth = reduceSum(mul(target, sub(log(sums), logits(x))), [0, 1, 2, 3]);
  const shares = mul(powers, div(known, sums));
  const overlap = reduceSum(mul(shares, target), [0, 2, 3]); // [classes]
  const sizes = add(reduceSum(shares, [0, 2, 3]), reduceSum(target, [0, 2, 3]));
  const dice = sub(scalar(1), div(add(mul(overlap, 2), 1), add(sizes, 1)));
  return mul(add(div(truth, count), reduceMean(dice, [0])), 0.5);
}
