import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FaceXFormerError, type SourceFrame } from '../../src/index.js';
import { arrivals } from '../../src/stream/source.js';
import { onTheClock, sleep } from './on-the-clock.js';
import { collect } from './world.js';

/** A camera: a frame every few milliseconds of the tests' clock. */
function camera(count: number, every: number) {
  const released: number[] = [];
  let closed = false;
  let newest = -1;
  async function* frames(): AsyncGenerator<SourceFrame<number>> {
    try {
      for (let i = 0; i < count; i++) {
        await sleep(every);
        newest = i;
        yield { image: i, time: i * 40, release: () => released.push(i) };
      }
    } finally {
      closed = true;
    }
  }
  return { frames: frames(), released, isClosed: () => closed, newest: () => newest };
}

describe('arrivals', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('keeps the newest frame, and counts and releases those that it drops', async () => {
    const { frames, released, newest } = camera(12, 10);
    const kept: number[] = [];
    let dropped = 0;
    const watching = async () => {
      for await (const frame of arrivals(frames, 'newest', undefined)) {
        expect(frame.index).toBe(newest());
        kept.push(frame.index);
        dropped += frame.dropped;
        await sleep(34);
        frame.release?.();
      }
    };
    await onTheClock(watching());
    expect(kept).toEqual([0, 3, 6, 10, 11]); // taken at 10, 44, 78, 112 and 146 ms; the last frame comes at 120 ms
    expect(dropped).toBe(12 - kept.length);
    expect(released.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => i));
  });

  it('keeps every frame when asked to, and lets the source wait', async () => {
    let asked = 0;
    async function* lazy() {
      for (let i = 0; i < 10; i++) {
        asked += 1;
        yield i;
      }
    }
    const watching = async () => {
      for await (const frame of arrivals<number>(lazy(), 'all', undefined)) {
        await sleep(30);
        expect(asked).toBe(frame.index + 1);
        expect(frame.dropped).toBe(0);
      }
    };
    await onTheClock(watching());
    expect(asked).toBe(10);
  });

  it('drops nothing of a list, and survives a source that never waits', async () => {
    expect(await collect(arrivals([1, 2, 3], 'newest', undefined))).toHaveLength(3);
    async function* endless() {
      for (let i = 0; ; i++) yield i;
    }
    const watching = async () => {
      for await (const { index } of arrivals<number>(endless(), 'newest', undefined)) {
        if (index > 20) return index;
      }
      return undefined;
    };
    expect(await onTheClock(watching())).toBeGreaterThan(20);
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
      const error = await onTheClock(waiting.catch((reason: unknown) => reason));
      expect(FaceXFormerError.isInstance(error, 'ABORTED')).toBe(true);
      expect(returned).toBe(true);
      deliver({
        image: 1,
        release: () => {
          released = true;
        },
      });
      await vi.advanceTimersByTimeAsync(0);
      expect(released).toBe(true);
    }
  });

  it('gives the frame back once that was on its way when the loop was left', async () => {
    const { frames, released } = camera(100, 10);
    const watching = async () => {
      for await (const { index, release } of arrivals(frames, 'newest', undefined)) {
        release?.();
        if (index >= 3) return index;
      }
      return undefined;
    };
    expect(await onTheClock(watching())).toBe(3);
    await vi.advanceTimersByTimeAsync(60);
    expect(released).toEqual([0, 1, 2, 3, 4]); // the camera has been closed since
  });

  it('closes the source when the loop is left, and passes its errors on', async () => {
    const { frames, isClosed } = camera(10, 1);
    const watching = async () => {
      for await (const _ of arrivals(frames, 'all', undefined)) break;
    };
    await onTheClock(watching());
    expect(isClosed()).toBe(true);
    for (const keep of ['newest', 'all'] as const) {
      async function* broken() {
        yield 1;
        throw new Error('unplugged');
      }
      const outcome = collect(arrivals(broken(), keep, undefined)).catch((error: Error) => error.message);
      expect(await onTheClock(outcome)).toBe('unplugged');
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
    await onTheClock(collect(arrivals(camera(5, 1).frames, 'newest', counting)));
    await vi.advanceTimersByTimeAsync(1);
    expect(listeners).toBe(0);
  });
});
