import { data, threshold } from './recognition-weights.js';

/** In every engine that the SDK runs on, though not in the language itself. */
declare function atob(base64: string): string;

/**
 * The weights of the recognition token that was trained with the mini model, for `openRecognition` of
 * `@facexformer/task-recognition`: a plug-in checkpoint. They turn faces into biometric data, so they lie in an entry of
 * their own that nothing else imports.
 */
export const miniRecognition = (): Uint8Array => Uint8Array.from(atob(data), (char) => char.charCodeAt(0));

/** Two faces whose `similarity` is at least this are taken for one person: most pairs of val are told right by it. */
export const miniRecognitionThreshold: number = threshold;
