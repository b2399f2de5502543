import { afterEach, describe, expect, it, vi } from 'vitest';
import { FaceXFormerError } from '../../src/index.js';
import { streamFaces } from '../../src/stream/stream.js';
import { onTheClock, sleep } from './on-the-clock.js';
import { actor, collect, inventedAnalyzer, type Scene } from './world.js';

const scene: Scene = { actors: [actor('ann', 300, 200)] };
const broken = { width: 2, height: 2 } as unknown as Scene;

/** An analyzer that cannot decode `broken`. */
function analyzer() {
  const invented = inventedAnalyzer();
  const { decode } = invented.parts.runtime;
  const parts = {
    ...invented.parts,
    runtime: {
      decode: async (image: Scene, options: object) => {
        if (image === broken) throw new FaceXFormerError('BAD_IMAGE', 'broken');
        return decode(image, options);
      },
    },
  };
  return { ...invented, parts: parts as typeof invented.parts };
}

const codeOf = async (work: Promise<unknown>) => {
  const error = await work.catch((reason: unknown) => reason);
  return FaceXFormerError.isInstance(error) ? error.code : error;
};

describe('streamFaces', () => {
  afterEach(() => vi.useRealTimers());

  it('reports a frame that cannot be decoded and goes on, or throws if told to', async () => {
    const frames = await collect(streamFaces(analyzer().parts, [scene, broken, scene], {}));
    expect(frames.map(({ faces }) => faces.length)).toEqual([1, 0, 1]);
    expect(frames.map(({ error }) => error?.code)).toEqual([undefined, 'BAD_IMAGE', undefined]);
    expect(frames[2]!.faces[0]!.track).toMatchObject({ id: 1, age: 2 });
    const strict = streamFaces(analyzer().parts, [scene, broken], { onBadFrame: 'throw' });
    expect(await codeOf(collect(strict))).toBe('BAD_IMAGE');
  });

  it('ends with errors that are not of one frame', async () => {
    const { parts } = analyzer();
    const failing = (error: Error) => ({ ...parts, analyze: () => Promise.reject(error) });
    for (const error of [new FaceXFormerError('DISPOSED', 'gone'), new TypeError('bug')]) {
      await expect(collect(streamFaces(failing(error), [scene], {}))).rejects.toBe(error);
    }
  });

  it('releases every frame once it is decoded, broken or not', async () => {
    const released: number[] = [];
    const frames = [scene, broken, scene].map((image, i) => ({
      image,
      time: i === 2 ? Number.NaN : i,
      release: () => released.push(i),
    }));
    const results = await collect(streamFaces(analyzer().parts, frames, {}));
    expect(released).toEqual([0, 1, 2]);
    expect(results[2]!.error?.code).toBe('BAD_OPTION');
  });

  it('counts dropped frames and measures latency while the analysis is slow', async () => {
    vi.useFakeTimers();
    const { parts } = analyzer();
    const slow = {
      ...parts,
      analyze: async (...args: Parameters<typeof parts.analyze>) => {
        await sleep(34);
        return parts.analyze(...args);
      },
    };
    async function* live() {
      for (let i = 0; i < 12; i++) {
        await sleep(10);
        yield scene;
      }
    }
    const results = await onTheClock(collect(streamFaces(slow, live(), {})));
    expect(results.map(({ index }) => index)).toEqual([0, 3, 6, 10, 11]);
    expect(results.map(({ dropped }) => dropped)).toEqual([0, 2, 2, 3, 0]);
    expect(results.map(({ time }) => time)).toEqual([10, 40, 70, 110, 120]);
    expect(results.map(({ latency }) => latency)).toEqual([34, 38, 42, 36, 60]); // waiting, then 34 ms of analysis
  });

  it('stops within the analysis when the signal fires, and closes the source', async () => {
    const { parts, calls } = analyzer();
    const stop = new AbortController();
    let closed = false;
    async function* endless() {
      try {
        for (;;) yield scene;
      } finally {
        closed = true;
      }
    }
    const reading = (async () => {
      for await (const { index } of streamFaces(parts, endless(), { keep: 'all', signal: stop.signal })) {
        if (index === 3) stop.abort();
      }
    })();
    expect(await codeOf(reading)).toBe('ABORTED');
    expect(closed).toBe(true);
    expect(calls.frames).toBe(4);
  });

  it('follows by anchors that nobody asked for, and does not show them', async () => {
    const { parts, calls } = analyzer();
    const other = { ...parts.tasks[0]!, name: 'other', anchors: undefined as never };
    const two = { ...parts, tasks: [other, parts.tasks[0]!] };
    const frames = await collect(streamFaces(two, Array<Scene>(20).fill(scene), { only: ['other'] }));
    expect(calls.detections).toBe(2);
    expect('points' in frames[5]!.faces[0]!).toBe(false);
  });

  it('takes the whole frame for one face without a detector', async () => {
    const { parts } = analyzer();
    const whole = {
      ...parts,
      detector: undefined,
      analyze: (pixels: Parameters<typeof parts.analyze>[0]) =>
        parts.analyze(pixels, { boxes: [{ x: 0, y: 0, ...pixels }] }),
    };
    const frames = await collect(streamFaces(whole, [scene, scene], { smooth: false }));
    expect(frames[1]!.faces[0]!.track).toEqual({ id: 1, age: 2, since: 0, detected: false });
  });

  it('names options that make no sense', async () => {
    const { parts } = analyzer();
    for (const options of [
      { keep: 'some' as 'all' },
      { frameRate: 0 },
      { detectEvery: 0.5 },
      { remember: Number.NaN },
      { onBadFrame: 'ignore' as 'throw' },
    ]) {
      expect(await codeOf(collect(streamFaces(parts, [scene], options)))).toBe('BAD_OPTION');
    }
    expect(await codeOf(collect(streamFaces(parts, [scene], { only: ['nose'] })))).toBe('UNKNOWN_TASK');
    expect(await codeOf(collect(streamFaces(parts, null as never, {})))).toBe('BAD_OPTION');
    expect(await codeOf(collect(streamFaces(parts, 7 as never, {})))).toBe('BAD_OPTION');
  });
});
