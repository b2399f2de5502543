import type { Watch } from './attention.js';

/** Is shown every attention of some tokens: to tokens, and to the face. */
export interface WatchDecoder {
  readonly tokens: Watch;
  readonly face: Watch;
}
