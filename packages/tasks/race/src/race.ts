import {
  type Classification,
  decodeClassification,
  defineTask,
  mlpHead,
  percent,
  type Task,
  VOCABULARIES,
} from '@facexformer/core';

const { labels } = VOCABULARIES.race;

/** UTKFace's categories. */
export type RaceLabel = (typeof labels)[number];

/** How the network would label the face in the categories of UTKFace, which are coarse and contested. */
export type Race = Classification<RaceLabel>;

/**
 * Perceived race. Leave this package out where it must not be inferred. Raw output: logits [5].
 */
export const race = (): Task<'race', Race> =>
  defineTask({
    name: 'race',
    tokens: 1,
    vocabulary: VOCABULARIES.race,
    head: (context) => mlpHead(context, labels.length),
    decode: (raw, { vocabulary }) => decodeClassification('race', raw, vocabulary, labels),
    draw: ({ label, probability }) => [
      { kind: 'label', caption: 'race', text: `${label} ${percent(probability)}` },
    ],
  });
