import { type Classification, classify, type Task } from '@facexformer/core';
import { groupsByLabel, judgeClassification } from '@facexformer/core/task';
import { vocabulary } from './vocabulary.js';

/** UTKFace's categories. */
export type RaceLabel = (typeof vocabulary.labels)[number];

/** How the network would label the face in the categories of UTKFace, which are coarse and contested. */
export type Race = Classification<RaceLabel>;

/**
 * Perceived race. Leave this package out where it must not be inferred. Raw output: logits [5].
 */
export const race = (): Task<'race', Race> => ({
  ...classify('race', vocabulary),
  // the labels are groups of people that a bias audit compares
  metrics: { ...judgeClassification('race'), ...groupsByLabel },
});
