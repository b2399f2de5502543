import { FaceXFormerError } from '@facexformer/core';
import type { Learning } from '@facexformer/core/task';
import { vocabulary } from './vocabulary.js';

const COUNT = vocabulary.labels.length;

/** Labels are 40 times 1 or 0, in CelebA's order. Hair, hats and necklaces lie around the face. */
export const learning: Learning = {
  loss: 'binaryCrossEntropy',
  encode(label) {
    if (
      !Array.isArray(label) ||
      label.length !== COUNT ||
      !label.every((value) => value === 0 || value === 1)
    ) {
      throw new FaceXFormerError('BAD_OPTION', `a label of task "attributes" must be ${COUNT} times 0 or 1`);
    }
    return label;
  },
  evidence: 'surroundings',
};
