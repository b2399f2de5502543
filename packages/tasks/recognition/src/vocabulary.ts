import type { Vocabulary } from '@facexformer/core';

/** Numbers of a vector. */
export const SIZE = 128;

/** The numbers have no names. */
export const vocabulary = { id: `identity-${SIZE}@1`, labels: [] } as const satisfies Vocabulary;
