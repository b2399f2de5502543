import type { Vocabulary } from '@facexformer/core';

/** The two labels of UTKFace and FairFace. */
export const vocabulary = {
  id: 'male-female@1',
  labels: ['male', 'female'],
} as const satisfies Vocabulary;
