import type { Vocabulary } from '@facexformer/core';

/** A neutral face and the six basic expressions. */
export const vocabulary = {
  id: 'basic-7@1',
  labels: ['neutral', 'happy', 'sad', 'surprise', 'fear', 'disgust', 'anger'],
} as const satisfies Vocabulary;
