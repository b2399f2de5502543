import type { Vocabulary } from '@facexformer/core';

/** LaPa's classes; sides are those of the image, not of the person. */
export const vocabulary = {
  id: 'lapa-11@1',
  labels: [
    'background',
    'skin',
    'browImageLeft',
    'browImageRight',
    'eyeImageLeft',
    'eyeImageRight',
    'nose',
    'upperLip',
    'innerMouth',
    'lowerLip',
    'hair',
  ],
} as const satisfies Vocabulary;
