import type { Vocabulary } from '@facexformer/core';

/** Decades, the last one open: the bins of the paper and of the released checkpoint. */
export const vocabulary = {
  id: 'decades-8@1',
  labels: ['0-9', '10-19', '20-29', '30-39', '40-49', '50-59', '60-69', '70+'],
} as const satisfies Vocabulary;
