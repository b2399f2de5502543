import { setTimeout } from 'node:timers/promises';
import { FaceXFormerError, throwIfAborted } from '@facexformer/core';
import { checkOptions, demand, FUNCTION, kind, SIGNAL, TEXT, whole } from '@facexformer/core/arguments';
import { Queue } from 'bullmq';
import { type Failure, failureOf } from './failure.js';
import { REQUESTS } from './photos/parse-requests.js';
import { type PhotoJob, type PhotoRequest, photoJob } from './photos/photo-request.js';
import { answering } from './redis/answering.js';
import { connect, type Say } from './redis/connect.js';
import { keyOfSettings, PREFIX } from './redis/names.js';

/** Where a queue is. */
export interface QueueOptions {
  /** `redis://[[user]:password@]host[:port][/database]`, or `rediss://` for TLS. */
  readonly redis: string;
  /** Queues of different names know nothing of each other; by default `photos`. */
  readonly name?: string;
  /** Told when Redis goes and when it is back. */
  readonly say?: Say;
}

/** How many photos are where. */
export interface QueueCounts {
  readonly waiting: number;
  readonly active: number;
  /** Waiting for another attempt. */
  readonly delayed: number;
  readonly done: number;
  /** In the dead-letter list. */
  readonly dead: number;
}

/** A photo of the dead-letter list: one whose attempts have all failed. */
export interface DeadPhoto extends PhotoRequest {
  readonly key: string;
  readonly error: Failure;
  readonly attempts: number;
}

/** What became of requests. */
export interface Added {
  readonly added: number;
  /** Those that the queue had already: waiting, done or dead. */
  readonly known: number;
}

/** A queue of photos in Redis. */
export interface PhotoQueue extends AsyncDisposable {
  /**
   * Adds photos; a text is a path or an address. One that the queue has, in whatever state, is not added again.
   * @throws {FaceXFormerError} `BAD_OPTION` for a request, `ABORTED`; what was read before has been added. `UNREACHABLE`.
   */
  add(
    requests: AsyncIterable<PhotoRequest | string> | Iterable<PhotoRequest | string>,
    options?: AddOptions,
  ): Promise<Added>;
  /** Photos by what has become of them. @throws {FaceXFormerError} `UNREACHABLE`. */
  counts(): Promise<QueueCounts>;
  /** The counts now and each second, until no photo is waiting or at work. */
  watch(options?: { readonly signal?: AbortSignal }): AsyncGenerator<QueueCounts, void, undefined>;
  /** The dead-letter list, oldest first. */
  dead(): AsyncGenerator<DeadPhoto, void, undefined>;
  /** Gives all dead photos their attempts again; returns how many. */
  retry(): Promise<number>;
  /** Forgets the queue and all that it holds, for good. @throws {FaceXFormerError} `BUSY` while photos are at work. */
  clear(): Promise<void>;
  /** Ends the connection; the queue stays. */
  close(): Promise<void>;
}

/** Choices of `queue.add`. */
export interface AddOptions {
  /** Times that a photo is tried; by default 4, after pauses of about 1, 2 and 4 seconds. */
  readonly attempts?: number;
  readonly signal?: AbortSignal;
  /** Called after each thousand with what became of all so far. */
  readonly onProgress?: (added: Added) => void;
}

/** Requests that go to Redis at once. */
const CHUNK = 1000;

/** Checks of the options that say where a queue is. */
export const QUEUE_OPTIONS = {
  redis: TEXT,
  // whatever Redis' keys keep apart
  name: kind(
    'up to 100 letters, digits, "-", "_" and "."',
    (value) => typeof value === 'string' && /^[\w.-]{1,100}$/.test(value),
  ),
  say: FUNCTION,
};

const ADD_OPTIONS = { attempts: whole(1), signal: SIGNAL, onProgress: FUNCTION };

/**
 * Opens a queue; it is made by the first photo.
 * @throws {FaceXFormerError} `BAD_OPTION`, `UNREACHABLE`.
 */
export async function openQueue(options: QueueOptions): Promise<PhotoQueue> {
  checkOptions('openQueue', options, QUEUE_OPTIONS, ['redis']);
  const { redis: address, name = 'photos', say } = options;
  const redis = await connect(address, say);
  const queue = new Queue<PhotoRequest, null, string>(name, { connection: redis, prefix: PREFIX });
  queue.on('error', () => undefined); // the connection tells

  const addChunk = async (jobs: ReadonlyMap<string, PhotoRequest>, attempts: number): Promise<number> => {
    const keys = [...jobs.keys()];
    const asked = redis.pipeline();
    for (const key of keys) asked.exists(queue.toKey(key));
    const answers = (await asked.exec()) ?? [];
    const unknown = keys.filter((_, index) => {
      const [error, count] = answers[index] ?? [];
      if (error) throw error;
      return count === 0;
    });
    const opts = { attempts, backoff: { type: 'exponential', delay: 1000, jitter: 0.5 }, stackTraceLimit: 0 };
    // BullMQ, too, adds no job whose id it has
    await queue.addBulk(
      unknown.map((key) => ({ name: 'photo', data: jobs.get(key)!, opts: { ...opts, jobId: key } })),
    );
    return unknown.length;
  };

  const counts = async (): Promise<QueueCounts> => {
    const found = await answering(() =>
      queue.getJobCounts('waiting', 'active', 'delayed', 'completed', 'failed'),
    );
    const { waiting = 0, active = 0, delayed = 0, completed: done = 0, failed: dead = 0 } = found;
    return { waiting, active, delayed, done, dead };
  };

  const close = async (): Promise<void> => {
    await queue.close();
    redis.disconnect();
  };

  return {
    async add(requests, options = {}) {
      demand(requests, REQUESTS, 'queue.add: requests');
      checkOptions('queue.add', options, ADD_OPTIONS);
      const { attempts = 4, signal, onProgress } = options;
      let added = 0;
      let known = 0;
      const flush = async (jobs: readonly PhotoJob[]): Promise<void> => {
        throwIfAborted(signal);
        const unique = new Map(jobs.map(({ key, request }) => [key, request]));
        const count = await answering(() => addChunk(unique, attempts));
        added += count;
        known += jobs.length - count;
        onProgress?.({ added, known });
      };
      let jobs: PhotoJob[] = [];
      try {
        for await (const request of requests) {
          jobs.push(photoJob(typeof request === 'string' ? { photo: request } : request));
          if (jobs.length < CHUNK) continue;
          const full = jobs;
          jobs = [];
          await flush(full);
        }
      } finally {
        if (jobs.length > 0) await flush(jobs);
      }
      return { added, known };
    },
    counts,
    async *watch({ signal } = {}) {
      for (;;) {
        throwIfAborted(signal);
        const now = await counts();
        yield now;
        if (now.waiting + now.active + now.delayed === 0) return;
        await setTimeout(1000, undefined, { signal }).catch(() => undefined); // an abort is seen above
      }
    },
    async *dead() {
      for (let start = 0; ; start += CHUNK) {
        const jobs = await answering(() => queue.getJobs(['failed'], start, start + CHUNK - 1, true));
        for (const { id = '', data, failedReason, attemptsMade } of jobs)
          yield { key: id, ...data, error: failureOf(failedReason), attempts: attemptsMade };
        if (jobs.length < CHUNK) return;
      }
    },
    retry: () =>
      answering(async () => {
        let retried = 0;
        // The list as it is now: a photo that fails again at once is not taken twice.
        for (const key of await queue.getRanges(['failed'], 0, -1, true)) {
          await redis.hdel(queue.toKey(key), 'stc', 'defa'); // what BullMQ counts of workers that died on it
          const job = await queue.getJob(key);
          await job?.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
          retried += 1;
        }
        return retried;
      }),
    async clear() {
      const { active } = await counts();
      if (active > 0)
        throw new FaceXFormerError(
          'BUSY',
          `${active} photos of the queue "${name}" are at work: end the workers first`,
        );
      await answering(async () => {
        await queue.obliterate({ force: true });
        await redis.del(keyOfSettings(name));
      });
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
