import { FaceXFormerError } from '../base/errors.js';
import { expectShape, type Tensor } from '../base/tensor.js';
import type { Vocabulary } from './vocabulary.js';

/**
 * The values of a raw output after checking its shape, and that all of them are finite.
 * @throws {FaceXFormerError} `BAD_TENSOR`.
 */
export function finiteValues(task: string, raw: Tensor, dims: readonly number[]): Float32Array {
  const { data } = expectShape(`the raw output of "${task}"`, raw, dims);
  let zero = 0;
  for (let i = 0; i < data.length; i++) zero += 0 * data[i]!; // NaN as soon as a value is not finite
  if (zero !== 0) {
    const bad = data.findIndex((value) => !Number.isFinite(value));
    throw new FaceXFormerError(
      'BAD_TENSOR',
      `the raw output of "${task}" holds ${data[bad]} at ${bad}: the weights or the engine are broken`,
      { details: { task, index: bad } },
    );
  }
  return data;
}

/** Logits to probabilities that sum to 1. */
export function softmaxOf(logits: ArrayLike<number>): readonly number[] {
  const values = Array.from(logits);
  const highest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = values.map((value) => Math.exp(value - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** A logit to a probability. */
export const sigmoidOf = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** Index of the largest value, the first of equals; 0 of nothing. */
export function argmaxOf(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

/**
 * The checkpoint's labels, once they are known to be the standard ones in any order; this is what makes a
 * result's label type true.
 * @throws {FaceXFormerError} `UNSUPPORTED` when the checkpoint uses other labels.
 */
export function knownLabels<Label extends string>(
  task: string,
  vocabulary: Vocabulary,
  standard: readonly Label[],
): readonly Label[] {
  const { id, labels } = vocabulary;
  const same = labels.length === standard.length && standard.every((label) => labels.includes(label));
  if (!same) {
    throw new FaceXFormerError(
      'UNSUPPORTED',
      `the checkpoint's vocabulary "${id}" of "${task}" has other labels than ${standard.join(', ')}: ` +
        'read it with a task of your own (defineTask)',
      { details: { task, labels } },
    );
  }
  return labels as readonly Label[];
}
