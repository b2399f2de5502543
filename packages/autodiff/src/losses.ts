import {
  abs,
  add,
  constant,
  div,
  exp,
  greater,
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
  sigmoid,
  sqrt,
  sub,
  transpose,
  type Value,
} from '@facexformer/core/graph';
import type { Learning, LossKind } from '@facexformer/core/task';

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

/** Binary cross-entropy of each logit, without overflow. */
const logistic = (x: Value, target: Value): Value =>
  add(sub(relu(x), mul(x, target)), log(add(exp(neg(abs(x))), 1)));

/** Binary cross-entropy [B], mean over the last axis of logits [B, K]. */
export const binaryCrossEntropy = (x: Value, target: Value): Value => reduceMean(logistic(x, target), [1]);

/** Mean absolute difference [B] over the last axis. */
const absolute = (x: Value, target: Value): Value => reduceMean(abs(sub(x, target)), [1]);

/** Sharpness of the comparison between embeddings: cosines are divided by it. */
const TEMPERATURE = 0.1;

/**
 * Mean of binary cross-entropy and Dice over the known cells [B].
 * @param raw logits [B, K, H, W]
 * @param target 0 or 1, -1 where unknown
 */
function mask(raw: Value, target: Value): Value {
  const known = sub(scalar(1), greater(scalar(-0.5), target));
  const truth = mul(target, known);
  const entropy = mul(logistic(raw, truth), known);
  const count = maximum(reduceSum(known, [1, 2, 3]), 1);
  const shares = mul(sigmoid(raw), known);
  const overlap = reduceSum(mul(shares, truth), [2, 3]); // [B, K]
  const sizes = add(reduceSum(shares, [2, 3]), reduceSum(truth, [2, 3]));
  const dice = reduceMean(sub(scalar(1), div(add(mul(overlap, 2), 1), add(sizes, 1))), [1]);
  return mul(add(div(reduceSum(entropy, [1, 2, 3]), count), dice), 0.5);
}

/**
 * Supervised contrastive loss (arXiv 2004.11362) [B]: each face should be closest to those with its own number.
 * @param raw vectors [B, K]
 * @param target numbers [B, 1]
 */
function contrastive(raw: Value, target: Value): Value {
  const [batch] = raw.shape as [number];
  const length = sqrt(add(reduceSum(mul(raw, raw), [1], true), 1e-8));
  const unit = div(raw, length);
  const likeness = div(matMul(unit, unit, { transposeB: true }), scalar(TEMPERATURE)); // [B, B]
  const apart = abs(sub(target, transpose(target, [1, 0])));
  const same = sub(scalar(1), greater(apart, 0.5));
  const others = sub(scalar(1), identity(batch));
  const positives = mul(same, others);
  const total = log(reduceSum(mul(exp(sub(likeness, 1 / TEMPERATURE)), others), [1], true)); // [B, 1]
  const logShare = sub(sub(likeness, 1 / TEMPERATURE), total);
  const count = maximum(reduceSum(positives, [1]), 1);
  return reshape(neg(div(reduceSum(mul(logShare, positives), [1]), count)), [batch]);
}

const identity = (size: number): Value =>
  constant(
    [size, size],
    Float32Array.from({ length: size * size }, (_, i) => Number(i % (size + 1) === 0)),
  );

const LOSSES: Readonly<Record<LossKind, (raw: Value, target: Value) => Value>> = {
  crossEntropy,
  binaryCrossEntropy,
  absolute,
  mask,
  contrastive,
};

/** The loss of a task, a number per face [B]. */
export const lossOf = ({ loss }: Pick<Learning, 'loss'>): Exclude<Learning['loss'], LossKind> =>
  typeof loss === 'function' ? loss : LOSSES[loss];
