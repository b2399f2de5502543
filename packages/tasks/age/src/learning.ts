import type { Vocabulary } from '@facexformer/core';
import {
  abs,
  add,
  constant,
  div,
  exp,
  log,
  matMul,
  minimum,
  mul,
  reduceSum,
  slice,
  sub,
  type Value,
} from '@facexformer/core/graph';
import { type Learning, unknownLabel } from '@facexformer/core/task';
import { ageBinCentres } from './bins.js';
import { ageOf } from './label.js';

/** Logits are cut here before the exponential, far above what a trained network says. */
const LARGEST = 60;

/** Labels are years; the target is a share for each bin, then the years. */
export const learning: Learning = {
  loss: ageLoss,
  target: ([bins]) => [bins! + 1],
  encode(label, { vocabulary }) {
    const years = ageOf(label);
    if (typeof years !== 'number') throw unknownLabel('age', label, 'it learns from years');
    return [...softBins(years, ageBinCentres(vocabulary)), years];
  },
  initialBias: (mean) =>
    Array.from(mean)
      .slice(0, -1)
      .map((share) => Math.log(Math.max(share, 1e-3))),
};

/**
 * Paper: mean of the error of the expected age (in decades, so that both are of one size) and cross-entropy: [B].
 * @param raw logits [B, bins]
 * @param target [B, bins + 1], as `encode` writes it
 */
export function ageLoss(raw: Value, target: Value, vocabulary: Vocabulary): Value {
  const centres = ageBinCentres(vocabulary);
  const bins = centres.length;
  const cut = minimum(raw, LARGEST);
  const powers = exp(cut);
  const sums = reduceSum(powers, [1], true); // [B, 1]
  const expected = div(matMul(powers, constant([bins, 1], centres)), sums);
  const years = slice(target, 1, bins, bins + 1);
  const error = mul(reduceSum(abs(sub(expected, years)), [1]), 0.1);
  const entropy = reduceSum(mul(slice(target, 1, 0, bins), sub(log(sums), cut)), [1]);
  return mul(add(error, entropy), 0.5);
}

/** Shares an age between the two bins whose centres lie around it. */
function softBins(years: number, centres: readonly number[]): readonly number[] {
  const bins = centres.map(() => 0);
  const above = centres.findIndex((centre) => centre >= years);
  if (above <= 0) {
    bins[above === 0 ? 0 : centres.length - 1] = 1;
    return bins;
  }
  const share = (years - centres[above - 1]!) / (centres[above]! - centres[above - 1]!);
  bins[above] = share;
  bins[above - 1] = 1 - share;
  return bins;
}
