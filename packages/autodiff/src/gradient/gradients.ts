import { FaceXFormerError } from '@facexformer/core';
import { add, constant, sizeOf, topological, type Value } from '@facexformer/core/graph';
import { attentionRule } from './attention.js';
import { convRule } from './convolution.js';
import { binaryRule, unaryRule } from './elementwise.js';
import {
  concatRule,
  expandRule,
  gatherRule,
  padRule,
  reduceRule,
  reshapeRule,
  sliceRule,
  transposeRule,
} from './movement.js';
import { layerNormRule, softmaxRule } from './normalization.js';
import { linearRule, matMulRule } from './products.js';
import type { PullBack, Rule } from './rule.js';

/** Vector-Jacobian product of each operation; leaves have none. */
const RULES: { readonly [Op in Value['op']]?: Rule<Op> } = {
  attention: attentionRule,
  binary: binaryRule,
  concat: concatRule,
  conv: convRule,
  expand: expandRule,
  gather: gatherRule,
  layerNorm: layerNormRule,
  linear: linearRule,
  matMul: matMulRule,
  pad: padRule,
  reduce: reduceRule,
  reshape: reshapeRule,
  slice: sliceRule,
  softmax: softmaxRule,
  transpose: transposeRule,
  unary: unaryRule,
};

/**
 * Reverse-mode derivatives of a scalar with respect to some values, as further values of the same graph. The batch
 * must be a number. Values that the scalar does not depend on get zeros.
 * @throws {FaceXFormerError} `BAD_OPTION` when `loss` is not a scalar, `UNSUPPORTED` for an operation without a rule.
 */
export function gradients(loss: Value, wrt: readonly Value[]): readonly Value[] {
  if (loss.shape.length !== 0) {
    throw new FaceXFormerError('BAD_OPTION', `a loss must be a scalar, not ${loss.shape.length}-dimensional`);
  }
  return pullBack(loss, constant([], [1]), wrt);
}

/** Carries the derivative of `output` back to `wrt`. */
export const pullBack: PullBack = (output, upstream, wrt) => {
  const adjoints = new Map<Value, Value>([[output, upstream]]);
  const targets = new Set(wrt);
  const order = topological([output], targets);
  const needed = new Set<Value>(targets);
  for (const value of order) if (value.inputs.some((x) => needed.has(x))) needed.add(value);
  for (const value of order.toReversed()) {
    const adjoint = adjoints.get(value);
    if (!adjoint || !needed.has(value) || targets.has(value)) continue;
    const rule = RULES[value.op] as Rule | undefined;
    if (!rule)
      throw new FaceXFormerError(
        'UNSUPPORTED',
        `no gradient is known of operation "${value.op}": build the value from others`,
      );
    const inputAdjoints = rule(value, adjoint, (index) => needed.has(value.inputs[index]!), pullBack);
    value.inputs.forEach((x, index) => {
      const part = inputAdjoints[index];
      if (!part || !needed.has(x)) return;
      const sum = adjoints.get(x);
      adjoints.set(x, sum ? add(sum, part) : part);
    });
  }
  return wrt.map((value) => adjoints.get(value) ?? zerosLike(value));
};

function zerosLike({ shape }: Value): Value {
  const dims = shape as readonly number[];
  return constant(dims, new Float32Array(sizeOf(dims)));
}
