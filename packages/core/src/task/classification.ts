import type { Tensor } from '../base/tensor.js';
import { argmaxOf, finiteValues, knownLabels, softmaxOf } from './decode.js';
import { type JsonSchema, labelSchema, objectSchema, PROBABILITY, recordSchema } from './json-schema.js';
import type { Vocabulary } from './vocabulary.js';

/** The answer of a task that chooses one of several labels. */
export interface Classification<Label extends string = string> {
  /** The most probable label. */
  readonly label: Label;
  /** Its softmax value, 0..1: how sure the network is, not how often it is right. */
  readonly probability: number;
  /** Softmax over all labels; sums to 1. */
  readonly probabilities: Readonly<Record<Label, number>>;
}

/** The schema of a {@link Classification}. */
export const classificationSchema = (labels: readonly string[]): JsonSchema =>
  objectSchema({
    label: labelSchema(labels),
    probability: PROBABILITY,
    probabilities: recordSchema(labels, PROBABILITY),
  });

/**
 * Logits [labels] to a classification.
 * @throws {FaceXFormerError} `BAD_TENSOR`, `UNSUPPORTED` when the checkpoint uses other labels than `standard`.
 */
export function decodeClassification<Label extends string>(
  task: string,
  raw: Tensor,
  vocabulary: Vocabulary,
  standard: readonly Label[],
): Classification<Label> {
  const labels = knownLabels(task, vocabulary, standard);
  return toClassification(labels, softmaxOf(finiteValues(task, raw, [labels.length])));
}

/** Probabilities in the order of their labels to a classification. */
export function toClassification<Label extends string>(
  labels: readonly Label[],
  values: readonly number[],
): Classification<Label> {
  const best = argmaxOf(values);
  return {
    label: labels[best]!,
    probability: values[best]!,
    probabilities: Object.fromEntries(labels.map((label, i) => [label, values[i]!])) as Record<Label, number>,
  };
}
