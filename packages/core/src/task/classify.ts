import { checkOptions, TEXT } from '../base/arguments.js';
import {
  type Classification,
  classificationSchema,
  decodeClassification,
  toClassification,
} from './classification.js';
import { percent } from './draw.js';
import { jointHead } from './heads.js';
import { judgeClassification } from './judge-classification.js';
import { checkLabels, type Labels, sharesOf } from './labels.js';
import type { Learning } from './learning.js';
import { defineTask, type Task, TOKENS } from './task.js';

/** Choices of {@link classify}. */
export interface ClassifyOptions {
  /** Several tokens may look at several places; 1 by default. */
  readonly tokens?: number;
  /** Where the answer may be read, when a whole model is trained; anywhere by default. */
  readonly evidence?: Learning['evidence'];
}

/**
 * A whole task that chooses one of the vocabulary's labels: an MLP head with a logit per label, softmax. It learns
 * from labels written as they are, or from the share of each where opinions differ: `{ happy: 0.7, neutral: 0.3 }`.
 *
 * ```ts
 * const glasses = classify('glasses', { id: 'glasses@1', labels: ['none', 'plain', 'sun'] });
 * ```
 * @throws {FaceXFormerError} `BAD_OPTION` for a name that no task may have, fewer than two labels, or equal ones.
 */
export function classify<const Name extends string, const Label extends string>(
  name: Name,
  vocabulary: Labels<Label>,
  options: ClassifyOptions = {},
): Task<Name, Classification<Label>> {
  checkLabels(name, vocabulary, 2);
  checkOptions('classify', options, { tokens: TOKENS, evidence: TEXT });
  const { tokens = 1, evidence } = options;
  const { labels } = vocabulary;
  return defineTask({
    name,
    tokens,
    vocabulary,
    recipe: { maker: 'classify' },
    head: (context) => jointHead(context, labels.length),
    decode: (raw, context) => decodeClassification(name, raw, context.vocabulary, labels),
    schema: classificationSchema(labels),
    learning: {
      loss: 'crossEntropy',
      encode: (label, context) => sharesOf(name, label, context.vocabulary.labels),
      ...(evidence && { evidence }),
    },
    metrics: judgeClassification(name),
    smooth: {
      unit: 'probability',
      read: ({ probabilities }) => labels.map((label: Label) => probabilities[label]),
      write: (_, values) => toClassification<Label>(labels, values),
    },
    draw: ({ label, probability }) => [
      { kind: 'label', caption: name, text: `${label} ${percent(probability)}` },
    ],
  });
}
