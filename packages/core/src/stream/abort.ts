import { throwIfAborted } from '../base/errors.js';
import type { StreamSignal } from './frame.js';

/**
 * The outcome of `work`, or an error as soon as the signal fires.
 * @throws {FaceXFormerError} `ABORTED`.
 */
export function orAbort<T>(work: Promise<T>, signal: StreamSignal | undefined): Promise<T> {
  if (!signal?.addEventListener) return work;
  return new Promise<T>((resolve, reject) => {
    const stop = (): void => {
      try {
        throwIfAborted(signal);
      } catch (error) {
        reject(error);
      }
    };
    signal.addEventListener?.('abort', stop);
    const free = (): void => signal.removeEventListener?.('abort', stop);
    work.then(resolve, reject).finally(free);
    stop();
  });
}
