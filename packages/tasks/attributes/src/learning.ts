import { flagList, type Learning } from '@facexformer/core/task';
import { vocabulary } from './vocabulary.js';

const COUNT = vocabulary.labels.length;

/** Labels are 40 times 1 or 0, in CelebA's order. Hair, hats and necklaces lie around the face. */
export const learning: Learning = {
  loss: 'binaryCrossEntropy',
  encode: (label) => flagList('attributes', label, COUNT),
  evidence: 'surroundings',
};
