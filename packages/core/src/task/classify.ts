import type { Vocabulary } from '../checkpoint/checkpoint.js';
import { mlpHead } from '../model/heads.js';
import { type Classification, decodeClassification, toClassification } from './classification.js';
import { percent } from './draw.js';
import { defineTask, type Task } from './task.js';

/**
 * A whole task that chooses one of the vocabulary's labels: one token, an MLP head with a logit per label, softmax.
 *
 * ```ts
 * const glasses = classify('glasses', { id: 'glasses@1', labels: ['none', 'plain', 'sun'] });
 * ```
 * @throws {FaceXFormerError} `BAD_OPTION` for a name that no task may have.
 */
export const classify = <const Name extends string, const Label extends string>(
  name: Name,
  vocabulary: Vocabulary & { readonly labels: readonly Label[] },
): Task<Name, Classification<Label>> =>
  defineTask({
    name,
    tokens: 1,
    vocabulary,
    head: (context) => mlpHead(context, vocabulary.labels.length),
    decode: (raw, context) => decodeClassification(name, raw, context.vocabulary, vocabulary.labels),
    smooth: {
      unit: 'probability',
      read: ({ probabilities }) => vocabulary.labels.map((label: Label) => probabilities[label]),
      write: (_, values) => toClassification<Label>(vocabulary.labels, values),
    },
    draw: ({ label, probability }) => [
      { kind: 'label', caption: name, text: `${label} ${percent(probability)}` },
    ],
  });
