export { type Embedding, similarity } from '@facexformer/core';
export type { PairLabel, RecognitionLabel } from './label.js';
export { openRecognition } from './open-recognition.js';
export { type Recognition, recognition } from './recognition.js';
