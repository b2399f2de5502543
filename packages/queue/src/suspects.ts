import { setTimeout } from 'node:timers/promises';
import { DelayedError, type Job } from 'bullmq';

/** Lets through one suspect at a time: a photo that was at work when a worker died. */
export interface Suspects {
  /** Settles when the photo may be analysed. @throws {DelayedError} when it has been put back for a while. */
  admit(job: Job, token: string): Promise<void>;
  /** The photo is no longer at work. */
  release(job: Job): void;
}

/** How long a suspect is put back, in milliseconds. */
const TURN = 1000;

/** How long a suspect waits until those that were taken together with it are on their way back, in milliseconds. */
const HEAD_START = 50;

/**
 * BullMQ counts a death against every photo that was at work in the worker. With one suspect at work, only the photo
 * that is the cause comes to count more than one.
 */
export function createSuspects(): Suspects {
  const leaving = new Set<Promise<unknown>>();
  let current: Job | undefined;
  return {
    async admit(job, token) {
      if (job.stalledCounter === 0) return;
      if (!current) {
        current = job;
        await setTimeout(HEAD_START);
        await Promise.allSettled(leaving);
        return;
      }
      const putBack = job.moveToDelayed(Date.now() + TURN, token);
      leaving.add(putBack);
      await putBack.finally(() => leaving.delete(putBack));
      throw new DelayedError();
    },
    release(job) {
      if (current === job) current = undefined;
    },
  };
}
