import { type Embedding, embed, type Task } from '@facexformer/core';
import { learning } from './learning.js';
import { metrics } from './metrics.js';
import { SIZE, vocabulary } from './vocabulary.js';

/**
 * A vector of length 1 that is alike for photos of one person; `similarity` compares two. Its numbers have three decimals,
 * which keeps it short as JSON and moves a cosine by less than 0.002.
 */
export type Recognition = Embedding;

/**
 * Face recognition: a vector [128] for each face. It is biometric data in the sense of most privacy laws, so no preset
 * has it: ask for it by name. Raw output: the vector before it is brought to length 1.
 */
export function recognition(): Task<'recognition', Recognition> {
  const task = embed('recognition', { size: SIZE });
  return {
    ...task,
    vocabulary,
    learning,
    metrics,
    decode: (raw, context) => task.decode(raw, context).map((value) => Math.round(value * 1000) / 1000),
  };
}
