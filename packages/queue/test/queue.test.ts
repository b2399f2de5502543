import { FaceXFormerError } from '@facexformer/core';
import { hasRedis, useRedis } from '@facexformer/test-utils/redis';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseRequests } from '../src/photos/parse-requests.js';
import { openQueue, type PhotoQueue } from '../src/queue.js';
import { keyOfSettings, PREFIX } from '../src/redis/names.js';
import { mergeShards } from '../src/results/merge-shards.js';
import { readResults } from '../src/results/read-shards.js';
import { openShard } from '../src/results/shard-sink.js';
import { openWorker, type PhotoOutcome, type WorkerOptions } from '../src/worker.js';
import { all } from './all.js';
import { gate } from './gate.js';
import { stubAnalyzer } from './stub-analyzer.js';

const redis = useRedis();

it('says that no Redis answers, and not with which password it asked', async () => {
  const failure = await openQueue({ redis: 'redis://user:secret@127.0.0.1:1' }).catch(
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({ code: 'UNREACHABLE', message: expect.stringContaining('127.0.0.1:1') });
  expect((failure as Error).message).not.toContain('secret');
});

it.each([{ redis: 'http://127.0.0.1' }, { redis: '' }, { redis: 'redis://127.0.0.1', name: 'a:b' }])(
  'refuses %j',
  async (options) => {
    await expect(openQueue(options)).rejects.toMatchObject({ code: 'BAD_OPTION' });
  },
);

it.each([
  [() => openQueue(undefined as never), /openQueue/],
  [() => openQueue({ redis: 'redis://127.0.0.1', nmae: 'a' } as never), /did you mean "name"/],
  [() => openWorker(undefined as never), /openWorker/],
  [() => openWorker({ redis: 'redis://127.0.0.1', analyzer: {}, sink: {} } as never), /analyzeMany/],
  [() => openShard(1 as never), /openShard: folder must be text, not 1/],
  [() => mergeShards(null as never, 'a'), /mergeShards: folder/],
  [() => readResults({} as never).next(), /readResults: folder/],
  [() => parseRequests('a.jpg').next(), /parseRequests: lines/],
])('says what is wrong with a call (%#)', async (call, message) => {
  const failure = await call().catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'BAD_OPTION', message: expect.stringMatching(message) });
});

describe.skipIf(!hasRedis)('a queue', () => {
  let queue: PhotoQueue;
  beforeEach(async () => {
    queue = await openQueue({ redis: redis.address });
  });
  afterEach(async () => {
    await queue.clear();
    await queue.close();
  });

  /** A worker with a sink that remembers; what `look` throws becomes of the photo. */
  async function work(look?: (photo: string) => unknown, options: Partial<WorkerOptions> = {}) {
    const written: string[] = [];
    const outcomes: PhotoOutcome[] = [];
    const worker = await openWorker({
      redis: redis.address,
      analyzer: stubAnalyzer((photo) => look?.(String(photo))),
      sink: { write: async ({ photo }) => void written.push(photo) },
      onPhoto: (outcome) => void outcomes.push(outcome),
      ...options,
    });
    return { worker, written, outcomes };
  }
  const untilDone = () => all(queue.watch());
  const broken = (): never => {
    throw new FaceXFormerError('BAD_IMAGE', 'it is broken');
  };

  it('takes a photo once, in whatever state it is', async () => {
    expect(await queue.add(['/a.jpg', '/b.jpg', '/x/../a.jpg', { photo: '/a.jpg', id: 1 }])).toEqual({
      added: 3,
      known: 1,
    });
    const { worker, written } = await work((photo) => photo === '/b.jpg' && broken());
    await untilDone();
    expect(await queue.add(['/a.jpg', '/b.jpg'])).toEqual({ added: 0, known: 2 });
    expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0, done: 2, dead: 1 });
    await worker.close();
    expect(written).toEqual(['/a.jpg', '/a.jpg']);
  });

  it('adds what it read before a request that it refuses', async () => {
    const added = queue.add(['/a.jpg', 'ftp://b.jpg', '/c.jpg']);
    await expect(added).rejects.toMatchObject({ code: 'BAD_OPTION' });
    expect((await queue.counts()).waiting).toBe(1);
  });

  it('keeps photos whose attempts have all failed, and gives them new ones', async () => {
    await queue.add([{ photo: '/a.jpg', id: 'mine', tasks: ['age'] }]);
    const first = await work(broken);
    await untilDone();
    await first.worker.close();
    const [dead] = await all(queue.dead());
    expect(dead).toEqual({
      key: expect.any(String),
      photo: '/a.jpg',
      id: 'mine',
      tasks: ['age'],
      attempts: 1, // another would be as broken
      error: { code: 'BAD_IMAGE', message: 'it is broken' },
    });
    expect(await queue.retry()).toBe(1);
    const second = await work();
    await untilDone();
    await second.worker.close();
    expect(second.written).toEqual(['/a.jpg']);
    expect(await all(queue.dead())).toEqual([]);
  });

  it('tries again what may pass', async () => {
    await queue.add(['/a.jpg', '/b.jpg'], { attempts: 2 });
    let tries = 0;
    const { worker, written, outcomes } = await work((photo) => {
      tries += photo === '/a.jpg' ? 1 : 0;
      if (photo === '/b.jpg' || tries === 1) throw new FaceXFormerError('NOT_FOUND', 'not there yet');
    });
    await untilDone();
    await worker.close();
    expect(written).toEqual(['/a.jpg']);
    expect(outcomes.filter(({ photo }) => photo === '/b.jpg')).toMatchObject([
      { isDead: false },
      { isDead: true },
    ]);
    expect(await all(queue.dead())).toMatchObject([
      { photo: '/b.jpg', attempts: 2, error: { code: 'NOT_FOUND' } },
    ]);
  });

  const lost = (): never => {
    throw new FaceXFormerError('RUNTIME', 'the GPU is lost');
  };
  const full = async (): Promise<never> => {
    throw new Error('the disk is full');
  };
  it.each<[string, RegExp, Partial<WorkerOptions>]>([
    ['the engine', /GPU/, { analyzer: stubAnalyzer(lost) }],
    ['the sink', /disk/, { sink: { write: full } }],
  ])('ends a worker with the failure of %s, and keeps its photos', async (_, message, options) => {
    await queue.add(['/a.jpg', '/b.jpg', '/c.jpg']);
    const { worker } = await work(undefined, { concurrency: 2, ...options });
    await expect(worker.ended).rejects.toThrow(message);
    expect(await queue.counts()).toEqual({ waiting: 3, active: 0, delayed: 0, done: 0, dead: 0 });
  });

  it('finishes what is at work when a worker is told to end', async () => {
    await queue.add(['/a.jpg', '/b.jpg', '/c.jpg']);
    const begun = gate();
    const rest = gate();
    let closed = 0;
    const written: string[] = [];
    const { worker } = await work(
      async (photo) => {
        if (photo === '/b.jpg') begun.open();
        await rest.opened;
      },
      {
        concurrency: 2,
        sink: {
          write: async ({ photo }) => void written.push(photo),
          close: async () => {
            closed += 1;
          },
        },
      },
    );
    await begun.opened;
    const ending = [worker.close(), worker.close()];
    rest.open();
    await Promise.all([...ending, worker.ended]);
    expect(written.sort()).toEqual(['/a.jpg', '/b.jpg']);
    expect(closed).toBe(1);
    expect(await queue.counts()).toMatchObject({ waiting: 1, active: 0, done: 2 });
  });

  it('analyses several photos at the same time', async () => {
    await queue.add(Array.from({ length: 6 }, (_, i) => `/${i}.jpg`));
    let waiting = 0;
    const three = gate();
    const { worker } = await work(
      () => {
        waiting += 1;
        if (waiting === 3) three.open();
        return three.opened;
      },
      { concurrency: 3 },
    );
    await untilDone();
    await worker.close();
    expect(waiting).toBe(6);
  });

  it('lets no worker in whose results would differ', async () => {
    const { worker } = await work(undefined, { settings: { model: 'a', tasks: ['age'] } });
    const other = work(undefined, { settings: { model: 'b', tasks: ['age'] } });
    await expect(other).rejects.toMatchObject({
      code: 'BAD_OPTION',
      message: expect.stringContaining('model'),
    });
    const same = await work(undefined, { settings: { tasks: ['age'], model: 'a' } });
    await Promise.all([worker.close(), same.worker.close()]);
  });

  it.each([{ concurrency: 0 }, { lease: 0 }, { fetch: { hosts: ['a b'] } }, { name: '' }])(
    'refuses a worker with %j and closes its sink',
    async (options) => {
      let closed = 0;
      const sink = {
        write: async () => undefined,
        close: async () => {
          closed += 1;
        },
      };
      await expect(work(undefined, { sink, ...options })).rejects.toMatchObject({ code: 'BAD_OPTION' });
      expect(closed).toBe(1);
    },
  );

  describe('in a Redis that others write to', () => {
    let client: Redis;
    beforeEach(() => {
      client = new Redis(redis.address);
    });
    afterEach(async () => {
      await client.config('SET', 'maxmemory', '0');
      await client.flushall();
      client.disconnect();
    });

    it('gives no result for jobs that hold no photo, and goes on', async () => {
      const foreign = new Queue('photos', { connection: client, prefix: PREFIX });
      const jobs = [null, 5, {}, { photo: 5 }, { photo: '/a.jpg', tasks: 'age' }, { photo: '/b.jpg' }];
      await foreign.addBulk(jobs.map((data, i) => ({ name: 'x', data, opts: { jobId: `j${i}` } })));
      const { worker, written, outcomes } = await work();
      await untilDone();
      await worker.close();
      expect(written).toEqual(['/b.jpg']);
      expect(outcomes).toHaveLength(jobs.length);
      expect((await all(queue.dead())).map(({ error }) => error.code)).toEqual(Array(5).fill('BAD_OPTION'));
      await foreign.close();
    });

    it.each(['not JSON', 'null', '5'])('takes no settings from a key that holds %s', async (text) => {
      await client.set(keyOfSettings('photos'), text);
      await expect(work()).rejects.toMatchObject({ code: 'BAD_OPTION' });
    });

    it('says why Redis refuses', async () => {
      const refused = {
        code: 'UNREACHABLE',
        message: expect.stringMatching(/^refused by Redis: WRONGTYPE[^:]*$/),
      };
      await client.lpush(keyOfSettings('photos'), 'a');
      await expect(work()).rejects.toMatchObject(refused);
      await client.del(keyOfSettings('photos'));
      await client.set(`${PREFIX}:photos:failed`, 'a');
      await expect(queue.counts()).rejects.toMatchObject(refused);
      await expect(all(queue.dead())).rejects.toMatchObject(refused);
      await client.del(`${PREFIX}:photos:failed`);
      await client.config('SET', 'maxmemory', '1');
      await expect(queue.add(['/a.jpg'])).rejects.toMatchObject({ code: 'UNREACHABLE' });
    });

    it('counts no photo as known that it could not ask for', async () => {
      await client.acl('SETUSER', 'limited', 'on', '>secret', '~*', '&*', '+@all', '-exists');
      const limited = await openQueue({ redis: redis.address.replace('//', '//limited:secret@') });
      await expect(limited.add(['/a.jpg'])).rejects.toMatchObject({ code: 'UNREACHABLE' });
      await limited.close();
      await client.acl('DELUSER', 'limited');
    });
  });

  it('is not cleared while photos are at work', async () => {
    await queue.add(['/a.jpg']);
    const begun = gate();
    const rest = gate();
    const { worker } = await work(() => {
      begun.open();
      return rest.opened;
    });
    await begun.opened;
    await expect(queue.clear()).rejects.toMatchObject({ code: 'BUSY' });
    rest.open();
    await worker.close();
  });
});
