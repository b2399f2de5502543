import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { FaceXFormerError } from '@facexformer/core';
import { bundleProgram } from '@facexformer/test-utils/bundle';
import { hasRedis, useRedis } from '@facexformer/test-utils/redis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openQueue } from '../src/queue.js';
import { listShards, readResults } from '../src/results/read-shards.js';
import { openShard } from '../src/results/shard-sink.js';
import { openWorker } from '../src/worker.js';
import { all } from './all.js';
import { useFolder } from './folder.js';
import { gate } from './gate.js';
import { stubAnalyzer } from './stub-analyzer.js';

const PROGRAM = join(import.meta.dirname, `../node_modules/.program-${process.pid}.mjs`);
const photos = Array.from({ length: 40 }, (_, i) => `/${i}.jpg`);

// A worker's lease must outlast the pauses of a busy machine, and a dead one's photos wait for it twice.
describe.skipIf(!hasRedis)('every photo has its result exactly once', { timeout: 180_000 }, () => {
  const at = useFolder();
  const redis = useRedis();
  beforeAll(() => bundleProgram(join(import.meta.dirname, 'program.ts'), PROGRAM));
  afterAll(() => rmSync(PROGRAM, { force: true }));

  const children: ChildProcess[] = [];
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL'); // those of a test that failed
    await using queue = await openQueue({ redis: redis.address });
    await queue.clear();
  });

  const start = (mode: string): ChildProcess => {
    const child = spawn(process.execPath, [PROGRAM, redis.address, at(), mode], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    children.push(child);
    return child;
  };
  /** Reads until the worker has said the line so many times: one reader, since lines may come in one piece. */
  async function until(child: ChildProcess, line: string, times: number): Promise<void> {
    let left = times;
    for await (const said of createInterface({ input: child.stderr! }))
      if (said === line && --left === 0) return;
    throw new Error(`the worker ended before it said "${line}" ${times} times`);
  }
  const startOwn = async (look?: (photo: string) => unknown) =>
    openWorker({
      redis: redis.address,
      lease: 1.5,
      concurrency: 2,
      sink: await openShard(at()),
      analyzer: stubAnalyzer((photo) => {
        if (photo === '/poison.jpg') throw new FaceXFormerError('BAD_IMAGE', 'it is broken');
        return look?.(String(photo));
      }),
    });
  const results = async () => (await all(readResults(at()))).map(({ photo }) => photo).sort();
  const linesOf = async () =>
    (await listShards(at())).flatMap((path) => readFileSync(path, 'utf8').trimEnd().split('\n')).length;

  it.each([
    ['before', photos.length],
    ['after', photos.length + 2], // both were written, and written again by the other worker
  ])('although a worker is killed %s a result is written', async (moment, lines) => {
    await using queue = await openQueue({ redis: redis.address });
    await queue.add([...photos, '/poison.jpg']);
    const child = start(`hang-${moment}`);
    await until(child, 'hangs', 2); // both of its photos
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await queue.counts()).active).toBe(2);
    const worker = await startOwn();
    await all(queue.watch());
    await worker.close();
    expect(await results()).toEqual([...photos].sort());
    expect(await linesOf()).toBe(lines);
    expect(await all(queue.dead())).toMatchObject([{ photo: '/poison.jpg', error: { code: 'BAD_IMAGE' } }]);
  });

  it('although Redis is gone for a while', async () => {
    await using queue = await openQueue({ redis: redis.address });
    await queue.add([...photos, '/poison.jpg']);
    let seen = 0;
    const gone = gate();
    const back = gate();
    const look = async (): Promise<void> => {
      seen += 1;
      if (seen === 10) gone.open();
      if (seen >= 10) await back.opened;
    };
    const workers = [await startOwn(look), await startOwn(look)];
    await gone.opened;
    await redis.stop();
    back.open(); // results are written while nobody can be told
    await redis.start();
    await all(queue.watch());
    await Promise.all(workers.map((worker) => worker.close()));
    expect(await results()).toEqual([...photos].sort());
    expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0, done: photos.length, dead: 1 });
  });

  it('and a photo that kills its workers ends in the dead-letter list alone', async () => {
    await using queue = await openQueue({ redis: redis.address });
    await queue.add(['/a.jpg', '/crash.jpg', '/b.jpg', '/c.jpg']);
    const done = all(queue.watch());
    const isDone = done.then(() => true);
    for (let ended = false; !ended; ) {
      const child = start('die');
      const exit = once(child, 'exit').then(() => false);
      ended = await Promise.race([exit, isDone]);
      child.kill('SIGTERM');
      await exit;
    }
    expect(await results()).toEqual(['/a.jpg', '/b.jpg', '/c.jpg']);
    expect(await all(queue.dead())).toMatchObject([{ photo: '/crash.jpg', error: { code: 'RUNTIME' } }]);
  });
});
