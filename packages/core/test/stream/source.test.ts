import { describe, expect, it } from 'vitest';
import { FaceXFormerError, type SourceFrame } from '../../src/index.js';
import { arrivals } from '../../src/stream/source.js';
import { collect } from './world.js';

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** A camera: a frame every few milliseconds, whether or not anybody asks. */
function camera(count: number, every: number) {
  const released: number[] = [];
  let closed = false;
  async function* frames(): AsyncGenerator<SourceFrame<number>> {
    try {
      for (let i = 0; i < count; i++) {
        await sleep(every);
        yield { image: i, time: i * 40, release: () => released.push(i) };
      }
    } finally {
      closed = true;
    }
  }
  return { frames: frames(), released, isClosed: () => closed };
}

describe('arrivals', () => {
  it('keeps the newest frame, and counts and releases those that it drops', async () => {
    const { frames, released } = camera(40, 5);
    const kept: number[] = [];
    let dropped = 0;
    for await (const frame of arrivals(frames, 'newest', undefined)) {
      kept.push(frame.index);
      dropped += frame.dropped;
      await sleep(30);
      frame.release?.();
    }
    expect(kept.length).toBeLessThan(20);
    expect(kept.at(-1)).toBe(39);
    expect(dropped).toBe(40 - kept.length);
    expect(new Set(released).size).toBe(40);
    expect(released).toHaveLength(40);
  });

  it('keeps every frame when asked to, and lets the source wait', async () => {
    let asked = 0;
    async function* lazy() {
      for (let i = 0; i < 10; i++) {
        asked += 1;
        yield i;
      }
    }
    for await (const frame of arrivals<number>(lazy(), 'all', undefined)) {
      expect(asked).toBe(frame.index + 1);
      expect(frame.dropped).toBe(0);
      await sleep(1);
    }
    expect(asked).toBe(10);
  });

  it('drops nothing of a list, and survives a source that never waits', async () => {
    expect(await collect(arrivals([1, 2, 3], 'newest', undefined))).toHaveLength(3);
    async function* endless() {
      for (let i = 0; ; i++) yield i;
    }
    for await (const frame of arrivals<number>(endless(), 'newest', undefined)) {
      if (frame.index > 20) break;
    }
  });

  it('ends at once when the signal fires, even if the source has stalled, and gives late frames back', async () => {
    for (const keep of ['newest', 'all'] as const) {
      const stop = new AbortController();
      let deliver: (frame: SourceFrame<number>) => void = () => undefined;
      let returned = false;
      let released = false;
      const stalled: AsyncIterable<SourceFrame<number>> = {
        [Symbol.asyncIterator]: () => ({
          next: () =>
            new Promise((resolve) => {
              deliver = (value) => resolve({ value, done: false });
            }),
          return: async () => {
            returned = true;
            return { value: undefined, done: true };
          },
        }),
      };
      const waiting = collect(arrivals(stalled, keep, stop.signal));
      setTimeout(() => stop.abort(new Error('enough')), 5);
      const error = await waiting.catch((reason: unknown) => reason);
      expect(FaceXFormerError.isInstance(error, 'ABORTED')).toBe(true);
      expect(returned).toBe(true);
      deliver({
        image: 1,
        release: () => {
          released = true;
        },
      });
      await sleep(1);
      expect(released).toBe(true);
    }
  });

  it('gives the frame back once that was on its way when the loop was left', async () => {
    const { frames, released } = camera(100, 10);
    for await (const { index, release } of arrivals(frames, 'newest', undefined)) {
      release?.();
      if (index >= 3) break;
    }
    await sleep(60);
    expect(released.length).toBeGreaterThanOrEqual(4);
    expect(new Set(released).size).toBe(released.length);
    expect(released).toEqual(released.map((_, i) => i));
  });

  it('closes the source when the loop is left, and passes its errors on', async () => {
    const { frames, isClosed } = camera(10, 1);
    for await (const _ of arrivals(frames, 'all', undefined)) break;
    expect(isClosed()).toBe(true);
    for (const keep of ['newest', 'all'] as const) {
      async function* broken() {
        yield 1;
        throw new Error('unplugged');
      }
      await expect(collect(arrivals(broken(), keep, undefined))).rejects.toThrow('unplugged');
    }
  });

  it('leaves no listener on the signal', async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const counting = {
      get aborted() {
        return signal.aborted;
      },
      addEventListener: () => {
        listeners += 1;
      },
      removeEventListener: () => {
        listeners -= 1;
      },
    };
    await collect(arrivals([1, 2, 3], 'all', counting));
    await collect(arrivals(camera(5, 1).frames, 'newest', counting));
    await sleep(1);
    expect(listeners).toBe(0);
  });
});
