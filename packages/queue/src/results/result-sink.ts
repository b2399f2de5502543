import type { PhotoRecord } from './photo-record.js';

/** Where a worker's results go. */
export interface ResultSink {
  /**
   * Keeps a result for good: once it settles, the photo counts as done. A worker that is killed just then leaves the
   * photo to another one, so that the same `key` may come again: keep one of the two. What it throws ends the worker
   * and leaves the photo in the queue.
   */
  write(record: PhotoRecord): Promise<void>;
  /** Called once when the worker has ended. */
  close?(): Promise<void>;
}
