import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { createAnalyzer, type Detector, defineTask, type Face, type Tensor } from '@facexformer/core';
import { contractChecks } from '@facexformer/core/conformance';
import { blazeFace } from '@facexformer/detector';
import { gender, parsing } from '@facexformer/tasks';
import { bundleProgram } from '@facexformer/test-utils/bundle';
import { fixtureUrl } from '@facexformer/test-utils/fixture-url';
import { testImage } from '@facexformer/test-utils/portable-image';
import { plain } from '@facexformer/test-utils/tiny-faces';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type NodeRuntime, nodeRuntime } from '../../src/index.ts';

const astronaut = fixtureUrl('astronaut.png');
const photo = testImage(3, 200, 150);
const box = (x: number) => ({ x, y: 20, width: 60, height: 60 });

let folder: string;
const started: Worker[] = [];
const worker = (): Worker => {
  started.push(new Worker(join(folder, 'worker.mjs')));
  return started.at(-1)!;
};
const runtime = (workers: number) => nodeRuntime({ device: 'cpu', threads: 1, workers, worker });

beforeAll(async () => {
  folder = await mkdtemp(join(import.meta.dirname, '../../.cache-')); // where its imports are found
  await bundleProgram(join(import.meta.dirname, '../../src/worker.ts'), join(folder, 'worker.mjs'));
});

afterAll(() => rm(folder, { recursive: true }));

async function listOf<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** A task with code of its own, whose decoding tells of itself. */
const watchedTask = (onDecode: () => void) =>
  defineTask({
    ...gender(),
    decode(raw: Tensor): readonly number[] {
      onDecode();
      return [...raw.data];
    },
  });

describe('nodeRuntime with workers', () => {
  it.each(contractChecks)('$name', (check) => check.run(runtime(1)));

  it.skipIf(process.platform !== 'linux')('lets the calling thread go first', async () => {
    const own = getPriority();
    await using analyzer = await createAnalyzer({
      runtime: runtime(1),
      checkpoint: untrainedCheckpoint(),
      tasks: [gender()],
    });
    await analyzer.warmUp();
    const threads = await readdir('/proc/self/task');
    const lines = await Promise.all(threads.map((id) => readFile(`/proc/self/task/${id}/stat`, 'utf8')));
    const niceness = lines.map((line) => Number(line.slice(line.lastIndexOf(')')).split(' ')[17]));
    expect(getPriority()).toBe(own);
    expect(niceness).toContain(Math.max(own, 10));
  });

  it('gives the answers of a runtime without them', async () => {
    const open = (own: NodeRuntime) =>
      createAnalyzer({
        runtime: own,
        checkpoint: untrainedCheckpoint(),
        tasks: [gender(), parsing()],
        detector: blazeFace({ minScore: 0.5, smallestFace: { share: 1 / 8 } }),
      });
    await using here = await open(nodeRuntime({ device: 'cpu', threads: 1 }));
    await using there = await open(runtime(1));
    const expected = await here.analyze(astronaut);
    expect(expected).toHaveLength(1);
    expect(await there.analyze(astronaut)).toEqual(expected);
    const boxes = [box(0), box(90)];
    expect(await there.analyzeRaw(photo, { boxes })).toEqual(await here.analyzeRaw(photo, { boxes }));
    const few = { boxes, only: ['gender'] } as const;
    expect(await there.explain(photo, few)).toEqual(await here.explain(photo, few));
  });

  it('finds faces that lie upside down, as a runtime without them does', async () => {
    const open = (own: NodeRuntime) =>
      createAnalyzer({
        runtime: own,
        checkpoint: untrainedCheckpoint(),
        tasks: [gender()],
        detector: blazeFace({ minScore: 0.5, smallestFace: { share: 1 / 8 } }),
      });
    await using here = await open(nodeRuntime({ device: 'cpu', threads: 1 }));
    await using there = await open(runtime(1));
    const turned = await sharp(fileURLToPath(astronaut)).resize(256).rotate(180).png().toBuffer();
    const expected = await here.analyze(turned, { rotations: true });
    expect(expected).toHaveLength(1);
    expect(await there.analyze(turned, { rotations: true })).toEqual(expected);
    expect(await there.analyze(turned)).toEqual([]);
  });

  it('gives them for many photos and for frames too', async () => {
    const open = (own: NodeRuntime) =>
      createAnalyzer({ runtime: own, checkpoint: untrainedCheckpoint(), tasks: [gender()] });
    await using here = await open(nodeRuntime({ device: 'cpu', threads: 1 }));
    await using there = await open(runtime(2));
    const choose = ([face]: readonly Face[]) => [{ ...face!, crop: box(10) }];
    const small = await plain(40, 30, '#c96');
    for (const options of [{}, { raw: true, choose }]) {
      const photos = [small, 'missing.jpg', { image: photo, crops: [box(5)] }];
      const many = async (analyzer: typeof here) => {
        const list = await listOf(analyzer.analyzeMany(photos, options));
        return list.map(({ error, ...result }) => ({ ...result, code: error?.code }));
      };
      const theirs = await many(there);
      expect(theirs).toEqual(await many(here));
      expect(theirs.map(({ code }) => code)).toEqual([undefined, 'NOT_FOUND', undefined]);
    }
    const frames = async (analyzer: typeof here) => {
      const list = await listOf(analyzer.stream([small, photo]));
      return list.map(({ latency: _, ...frame }) => frame);
    };
    expect(await frames(there)).toEqual(await frames(here));
    await there.warmUp();
  });

  it('leaves the photo to its owner', async () => {
    await using analyzer = await createAnalyzer({
      runtime: runtime(1),
      checkpoint: untrainedCheckpoint(),
      tasks: [gender()],
    });
    const before = photo.data.slice();
    const [result] = await listOf(analyzer.analyzeMany([photo], { pixels: true }));
    expect(result!.pixels).toBe(photo);
    expect(photo.data).toEqual(before);
  });

  it('runs a detector and tasks of the caller in this thread, one face at a turn of its event loop', async () => {
    let turn = 0;
    const turns: number[] = [];
    const detector = async (): Promise<Detector> => ({
      detect: async () => [0, 20, 40].map((x) => ({ box: box(x), score: 0.5 })),
      dispose: async () => undefined,
    });
    await using analyzer = await createAnalyzer({
      runtime: runtime(1),
      checkpoint: untrainedCheckpoint(),
      tasks: [watchedTask(() => turns.push(turn))],
      detector,
    });
    let isDone = false;
    const count = (): void => {
      turn += 1;
      if (!isDone) setImmediate(count);
    };
    count();
    const calls = await Promise.all(Array.from({ length: 4 }, () => analyzer.analyze(photo)));
    isDone = true;
    expect(calls.flat()).toHaveLength(12);
    expect(new Set(turns).size).toBe(12);
  });

  it('tells of the stages in the worker', async () => {
    const heard: string[] = [];
    await using analyzer = await createAnalyzer({
      runtime: runtime(1),
      checkpoint: untrainedCheckpoint(),
      tasks: [gender()],
      detector: blazeFace(),
      onStage: (stage, faces) => {
        heard.push(`${stage} ${faces}`);
        return () => heard.push(`${stage} ends`);
      },
    });
    await analyzer.analyze(astronaut);
    const stages = ['decode', 'detect', 'network', 'answers'];
    expect(heard).toEqual(stages.flatMap((stage) => [`${stage} 1`, `${stage} ends`]));
  });

  it('loses the calls of a worker that is killed, and nothing else', async () => {
    await using analyzer = await createAnalyzer({
      runtime: runtime(2),
      checkpoint: untrainedCheckpoint(),
      tasks: [gender()],
    });
    const [killed] = started.slice(-2);
    const calls = Array.from({ length: 4 }, () => analyzer.analyze(photo));
    await killed!.terminate();
    const outcomes = await Promise.allSettled(calls);
    const lost = outcomes.filter(({ status }) => status === 'rejected');
    expect(lost).toEqual(
      [0, 1].map(() => ({ status: 'rejected', reason: expect.objectContaining({ code: 'CRASHED' }) })),
    );
    const before = started.length;
    expect(await Promise.all([analyzer.analyze(photo), analyzer.analyze(photo)])).toHaveLength(2);
    expect(started).toHaveLength(before + 1);
    const many = analyzer.analyzeMany([photo, photo]);
    const first = many.next();
    await Promise.all(started.slice(-2).map((thread) => thread.terminate()));
    expect(await first).toMatchObject({ value: { error: { code: 'CRASHED' } } });
  });

  it('ends its workers with the analyzer, and refuses calls then', async () => {
    const analyzer = await createAnalyzer({
      runtime: runtime(2),
      checkpoint: untrainedCheckpoint(),
      tasks: [gender()],
    });
    const exits = started.slice(-2).map((thread) => new Promise((resolve) => thread.once('exit', resolve)));
    await analyzer.dispose();
    await Promise.all(exits);
    await expect(analyzer.analyze(photo)).rejects.toMatchObject({ code: 'DISPOSED' });
  });

  it('passes errors on with their codes, and stops when a signal fires', async () => {
    await using analyzer = await createAnalyzer({
      runtime: runtime(1),
      checkpoint: untrainedCheckpoint(),
      tasks: [gender()],
    });
    const failing = (image: unknown, options = {}) =>
      expect(analyzer.analyze(image as string, options)).rejects;
    await failing('missing.jpg').toMatchObject({ code: 'NOT_FOUND', message: 'missing.jpg does not exist' });
    await failing(Buffer.from('text')).toMatchObject({ code: 'BAD_IMAGE' });
    await failing(7).toMatchObject({ code: 'BAD_IMAGE', message: expect.stringContaining('cannot decode') });
    await failing(photo, { boxes: [box(500)] }).toMatchObject({ code: 'BAD_OPTION' });
    const controller = new AbortController();
    const aborted = failing(photo, { signal: controller.signal }).toMatchObject({
      code: 'ABORTED',
      cause: 'enough',
    });
    controller.abort('enough');
    await aborted;
    const boxes = Array.from({ length: 8 }, () => box(0));
    const crowd = await Promise.allSettled(
      Array.from({ length: 40 }, () => analyzer.analyze(photo, { boxes })),
    );
    const codes = crowd.flatMap((call) => (call.status === 'rejected' ? [call.reason.code] : []));
    expect(new Set(codes)).toEqual(new Set(['BUSY']));
  });

  it('says so when a worker does not start', async () => {
    const broken = () => new Worker('throw new Error("no such thing")', { eval: true });
    const opening = nodeRuntime({ workers: 1, worker: broken }).open(async () => ({
      bytes: new Uint8Array(),
    }));
    await expect(opening).rejects.toMatchObject({
      code: 'RUNTIME',
      message: 'the worker thread did not start: no such thing',
    });
  });
});
