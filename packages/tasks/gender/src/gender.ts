import { type Classification, classify, type Task } from '@facexformer/core';
import { groupsByLabel, judgeClassification } from '@facexformer/core/task';
import { vocabulary } from './vocabulary.js';

/** The two labels of UTKFace and FairFace. */
export type GenderLabel = (typeof vocabulary.labels)[number];

/** How the network would label the face, which is not how a person identifies. */
export type Gender = Classification<GenderLabel>;

/** Perceived gender, learnt from the face itself: long hair must not stand for women. Raw output: logits [2]. */
export const gender = (): Task<'gender', Gender> => ({
  ...classify('gender', vocabulary, { evidence: 'face' }),
  // the labels are groups of people that a bias audit compares
  metrics: { ...judgeClassification('gender'), ...groupsByLabel },
});
