import {
  type Classification,
  decodeClassification,
  defineTask,
  mlpHead,
  percent,
  type Task,
  VOCABULARIES,
} from '@facexformer/core';

const { labels } = VOCABULARIES.gender;

/** The two labels of UTKFace and FairFace. */
export type GenderLabel = (typeof labels)[number];

/** How the network would label the face, which is not how a person identifies. */
export type Gender = Classification<GenderLabel>;

/**
 * Perceived gender. Raw output: logits [2].
 */
export const gender = (): Task<'gender', Gender> =>
  defineTask({
    name: 'gender',
    tokens: 1,
    vocabulary: VOCABULARIES.gender,
    head: (context) => mlpHead(context, labels.length),
    decode: (raw, { vocabulary }) => decodeClassification('gender', raw, vocabulary, labels),
    draw: ({ label, probability }) => [
      { kind: 'label', caption: 'gender', text: `${label} ${percent(probability)}` },
    ],
  });
