import type { Vocabulary } from '@facexformer/core';

/** UTKFace's categories, in its order. */
export const vocabulary = {
  id: 'utkface-5@1',
  labels: ['White', 'Black', 'Asian', 'Indian', 'Others'],
} as const satisfies Vocabulary;
