import { type Analyzer, FaceXFormerError, type Task } from '@facexformer/core';
import { checkOptions, FUNCTION, having, OBJECT, whole } from '@facexformer/core/arguments';
import { type Job, WaitingError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { type FetchRules, SECONDS } from './addresses/fetch-rules.js';
import { createPhotoFetcher, type PhotoFetcher } from './addresses/photo-fetcher.js';
import { type Failure, failureOf, jobErrorOf } from './failure.js';
import { isAddress, isRequest, type PhotoRequest } from './photos/photo-request.js';
import { QUEUE_OPTIONS, type QueueOptions } from './queue.js';
import { answering, reasonOf } from './redis/answering.js';
import { connect } from './redis/connect.js';
import { PREFIX } from './redis/names.js';
import { claimSettings, type Settings } from './redis/settings.js';
import type { PhotoRecord } from './results/photo-record.js';
import type { ResultSink } from './results/result-sink.js';
import { createSuspects } from './suspects.js';

/** What a worker is made of. */
export interface WorkerOptions extends QueueOptions {
  /** Stays open when the worker ends. */
  readonly analyzer: Pick<
    Analyzer<string | Uint8Array, readonly Task[]>,
    'analyzeMany' | 'provenance' | 'device'
  >;
  /** Where results go, such as `openShard(folder)`. Closed with the worker. */
  readonly sink: ResultSink;
  /** Photos at work at the same time, whose faces share the network's batches; by default 8. */
  readonly concurrency?: number;
  /** Which addresses may be fetched; by default none. */
  readonly fetch?: FetchRules;
  /** What results depend on beside the photo, such as the model's hash: all workers of a queue must have the same. */
  readonly settings?: Settings;
  /**
   * Seconds after which the photos of a worker that gives no sign of life go to another one; by default 30. More than
   * a batch takes.
   */
  readonly lease?: number;
  /** Called when an attempt at a photo has ended. */
  readonly onPhoto?: (outcome: PhotoOutcome) => void;
}

/** How an attempt at a photo ended. */
export interface PhotoOutcome {
  readonly photo: string;
  /** Undefined where there is a result. */
  readonly error?: Failure;
  /** With an error, whether no attempt is left: the photo is in the dead-letter list. */
  readonly isDead?: boolean;
}

/** A worker that takes photos from a queue. */
export interface QueueWorker extends AsyncDisposable {
  /**
   * Settles when the worker has ended: after `close`, or with the error of the engine, the settings or the sink that
   * ended it. Photos that were at work then are back in the queue.
   */
  readonly ended: Promise<void>;
  /** Takes no more photos, finishes those at work and closes the sink. */
  close(): Promise<void>;
}

/** Times that a photo may be at work in a worker that dies; after one more it is put into the dead-letter list. */
const DEATHS = 2;

const WORKER_OPTIONS = {
  ...QUEUE_OPTIONS,
  analyzer: having('an analyzer', { analyzeMany: FUNCTION }),
  sink: having('a sink, such as openShard(folder) awaited', { write: FUNCTION }),
  concurrency: whole(1),
  fetch: OBJECT,
  settings: OBJECT,
  lease: SECONDS,
  onPhoto: FUNCTION,
};

/**
 * Starts to take photos from a queue.
 * @throws {FaceXFormerError} `BAD_OPTION`, also where the queue's results depend on other settings; `UNREACHABLE`. The
 *   sink is closed then.
 */
export async function openWorker(options: WorkerOptions): Promise<QueueWorker> {
  try {
    checkOptions('openWorker', options, WORKER_OPTIONS, ['redis', 'analyzer', 'sink']);
    const { name = 'photos', concurrency = 8, lease = 30 } = options;
    const fetcher = createPhotoFetcher(options.fetch);
    const redis = await connect(options.redis, options.say);
    await answering(() => claimSettings(redis, name, options.settings ?? {})).catch((error: unknown) => {
      redis.disconnect();
      throw error;
    });
    return startWorker(options, { name, concurrency, lease, fetcher, redis });
  } catch (error) {
    await options?.sink?.close?.();
    throw error;
  }
}

interface Parts {
  readonly name: string;
  readonly concurrency: number;
  readonly lease: number;
  readonly fetcher: PhotoFetcher;
  readonly redis: Redis;
}

function startWorker(
  options: WorkerOptions,
  { name, concurrency, lease, fetcher, redis }: Parts,
): QueueWorker {
  const { analyzer, sink, say = () => undefined, onPhoto = () => undefined } = options;
  let failure: { readonly error: unknown } | undefined;
  const suspects = createSuspects();

  const handle = async (job: PhotoOfQueue, token = ''): Promise<null> => {
    await suspects.admit(job, token);
    try {
      await sink.write(await analyzeJob(job, analyzer, fetcher));
      return null;
    } catch (error) {
      const jobError = jobErrorOf(error);
      if (jobError) throw jobError;
      failure ??= { error };
      void stop();
      await job.moveToWait(token);
      throw new WaitingError();
    } finally {
      suspects.release(job);
    }
  };

  const worker = new Worker<PhotoRequest, null>(name, handle, {
    connection: redis,
    prefix: PREFIX,
    concurrency,
    lockDuration: lease * 1000,
    stalledInterval: lease * 1000,
    maxStalledCount: DEATHS,
  });
  let said = '';
  worker.on('completed', (job) => {
    said = '';
    onPhoto({ photo: photoOf(job) });
  });
  worker.on('failed', (job, { message }) => {
    if (job)
      onPhoto({ photo: photoOf(job), error: failureOf(message), isDead: job.finishedOn !== undefined });
  });
  worker.on('error', (error) => {
    const reason = reasonOf(error);
    if (redis.status !== 'ready' || reason === said) return; // the connection tells, or it was said
    said = reason;
    say(`Redis: ${reason}`);
  });

  let settle: () => void;
  const ended = new Promise<void>((resolve, reject) => {
    settle = () => (failure ? reject(failure.error) : resolve());
  });
  ended.catch(() => undefined); // whoever waits for it is told
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      try {
        await worker.close();
        await sink.close?.();
      } catch (error) {
        failure ??= { error };
      } finally {
        fetcher.close();
        redis.disconnect();
        settle();
      }
    })();
    return stopping;
  };
  return { ended, close: stop, [Symbol.asyncDispose]: stop };
}

type PhotoOfQueue = Job<PhotoRequest, null>;

/** The photo of a job as messages name it; a job that is not ours has none. */
const photoOf = ({ id = '', data }: PhotoOfQueue): string => (isRequest(data) ? data.photo : `job ${id}`);

/** @throws {FaceXFormerError} what concerns the photo and what concerns the engine. */
async function analyzeJob(
  { id: key = '', data }: PhotoOfQueue,
  analyzer: WorkerOptions['analyzer'],
  fetcher: PhotoFetcher,
): Promise<PhotoRecord> {
  if (!isRequest(data)) {
    throw new FaceXFormerError('BAD_OPTION', 'the job holds no photo: it was not added by this package');
  }
  const { photo, id, tasks } = data;
  const image = isAddress(photo) ? await fetcher.fetch(photo) : photo;
  const { name, trained } = analyzer.provenance;
  for await (const result of analyzer.analyzeMany([image], tasks && { only: tasks })) {
    if (result.error) throw result.error;
    const { size, faces } = result;
    const record = { key, photo, ...(id !== undefined && { id }), ...size };
    return { ...record, model: { name, trained }, device: analyzer.device, faces };
  }
  throw new FaceXFormerError('RUNTIME', 'the analyzer gave no result');
}
