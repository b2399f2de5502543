import type { Vocabulary } from '@facexformer/core';

/** The axes in head order. */
export const vocabulary = {
  id: 'pitch-yaw-roll@1',
  labels: ['pitch', 'yaw', 'roll'],
  signs: [1, 1, 1],
} as const satisfies Vocabulary;
