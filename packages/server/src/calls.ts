import { FaceXFormerError } from '@facexformer/core';
import { CallError } from './call-error.js';
import type { CallLimits } from './call-limits.js';

/** The calls that a server has taken in. */
export interface Calls {
  /** Calls whose photo is being analysed. */
  readonly running: number;
  /** Calls that were taken in and wait for their turn, or are still being received. */
  readonly waiting: number;
  readonly closing: boolean;
  /**
   * Takes a call in; what it returns lets it go, and may be called twice.
   * @throws {CallError} `CLOSING`. @throws {FaceXFormerError} `BUSY`.
   */
  accept(): () => void;
  /**
   * Waits for the turn of a call; what it returns ends the turn.
   * @throws {FaceXFormerError} `ABORTED` when its caller has left.
   */
  turn(signal: AbortSignal): Promise<() => void>;
  /** Takes no more calls in, and waits for the end of those that it has. */
  close(): Promise<void>;
}

/** Lets at most `atOnce` calls run, in the order of their turns, while `maxWaiting` more wait. */
export function openCalls({ atOnce, maxWaiting }: Required<CallLimits>): Calls {
  const turns: (() => void)[] = [];
  const ends: (() => void)[] = [];
  let accepted = 0;
  let running = 0;
  let closing = false;

  const next = (): void => {
    while (running < atOnce && turns.length > 0) turns.shift()!();
  };
  const gone = (): FaceXFormerError => new FaceXFormerError('ABORTED', 'the caller has left');

  return {
    get running() {
      return running;
    },
    get waiting() {
      return accepted - running;
    },
    get closing() {
      return closing;
    },
    accept() {
      if (closing) throw new CallError('CLOSING', 'the server is ending: call another one, or later');
      if (accepted >= atOnce + maxWaiting) {
        throw new FaceXFormerError('BUSY', `${accepted} calls are waiting: try again later`);
      }
      accepted += 1;
      let open = true;
      return () => {
        if (!open) return;
        open = false;
        accepted -= 1;
        if (accepted === 0) for (const end of ends.splice(0)) end();
      };
    },
    turn(signal) {
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          turns.splice(turns.indexOf(begin), 1);
          reject(gone());
        };
        const begin = (): void => {
          signal.removeEventListener('abort', leave);
          running += 1;
          resolve(() => {
            running -= 1;
            next();
          });
        };
        if (signal.aborted) return reject(gone());
        signal.addEventListener('abort', leave, { once: true });
        turns.push(begin);
        next();
      });
    },
    async close() {
      closing = true;
      if (accepted > 0) await new Promise<void>((resolve) => ends.push(resolve));
    },
  };
}
