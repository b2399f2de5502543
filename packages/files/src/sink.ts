import type { Chunk } from './write-all.js';

/** Something that takes chunks in order and is ended in one of two ways. */
export interface Sink {
  write(chunk: Chunk): Promise<unknown>;
  /** Everything has been written: makes it final. */
  commit(): Promise<void>;
  /** As if nothing had been written, as far as that is possible. Never fails, also after a `commit` that did. */
  discard(): Promise<void>;
}
