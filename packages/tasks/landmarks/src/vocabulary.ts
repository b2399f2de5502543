import type { Vocabulary } from '@facexformer/core';

/** The 68 points of iBUG; they have an order and no names. */
export const vocabulary = {
  id: 'ibug-68@1',
  labels: [],
} as const satisfies Vocabulary;
