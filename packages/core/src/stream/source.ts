import { throwIfAborted } from '../base/errors.js';
import { isPixels, type Pixels } from '../image/pixels.js';
import { orAbort } from './abort.js';
import { now, pause } from './clock.js';
import type { SourceFrame, StreamSignal, StreamSource } from './frame.js';

/** A frame that the source has delivered. */
export interface Arrival<Image> extends SourceFrame<Image> {
  readonly index: number;
  /** On the clock of `now()`. */
  readonly arrived: number;
  /** Frames dropped since the last one that was kept. */
  readonly dropped: number;
}

/** Turns of the event loop that a newer frame gets to arrive in before the newest is taken: a reader may need several. */
const TURNS = 8;

/**
 * The frames of a source: all of them, or at each request the newest. Closes the source however it ends.
 * @throws {FaceXFormerError} `ABORTED`; whatever the source throws.
 */
export async function* arrivals<Image>(
  source: StreamSource<Image>,
  keep: 'newest' | 'all',
  signal: StreamSignal | undefined,
): AsyncGenerator<Arrival<Image>, void, undefined> {
  const reader = openReader(source, signal);
  try {
    // A list is never late, so nothing of it need be dropped.
    if (keep === 'newest' && Symbol.asyncIterator in source) yield* newest(reader, signal);
    else yield* all(reader);
  } finally {
    await reader.close();
  }
}

interface Reader<Image> {
  /** The next frame; undefined at the end. */
  next(): Promise<Arrival<Image> | undefined>;
  close(): Promise<void>;
}

function openReader<Image>(source: StreamSource<Image>, signal: StreamSignal | undefined): Reader<Image> {
  const iterator =
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  let index = 0;
  let pending: Promise<Arrival<Image> | undefined> | undefined;
  let ended = false;
  let closed = false;
  const pull = async (): Promise<Arrival<Image> | undefined> => {
    const { done, value } = await iterator.next();
    if (done) ended = true;
    return done ? undefined : { ...toFrame<Image>(value), index: index++, arrived: now(), dropped: 0 };
  };
  return {
    async next() {
      throwIfAborted(signal);
      if (closed) return undefined;
      pending = pull();
      try {
        const frame = await orAbort(pending, signal);
        pending = undefined;
        return closed ? undefined : frame; // if closed meanwhile, `close` releases it
      } catch (error) {
        if (!signal?.aborted) [pending, ended] = [undefined, true];
        throw error;
      }
    },
    async close() {
      closed = true;
      if (ended) return;
      ended = true;
      const closing = Promise.resolve(iterator.return?.());
      if (!pending) await closing;
      // A stalled camera may never answer: do not wait for it, but release what still comes.
      closing.catch(() => undefined);
      pending?.then(
        (frame) => frame?.release?.(),
        () => undefined,
      );
    },
  };
}

async function* all<Image>(reader: Reader<Image>): AsyncGenerator<Arrival<Image>, void, undefined> {
  for (let frame = await reader.next(); frame; frame = await reader.next()) yield frame;
}

async function* newest<Image>(
  reader: Reader<Image>,
  signal: StreamSignal | undefined,
): AsyncGenerator<Arrival<Image>, void, undefined> {
  let slot: Arrival<Image> | undefined;
  let state: 'open' | 'ended' | 'stopped' = 'open';
  let failure: { readonly error: unknown } | undefined;
  let wake = (): void => undefined;

  const pump = async (): Promise<void> => {
    try {
      for (let frame = await reader.next(); frame; frame = await reader.next()) {
        if (state === 'stopped') return frame.release?.();
        const late = slot;
        slot = late ? { ...frame, dropped: late.dropped + 1 } : frame;
        wake();
        late?.release?.();
        if (late) await pause(); // a source that always has a frame would let nothing else run
      }
    } catch (error) {
      failure = { error };
    } finally {
      if (state === 'open') state = 'ended';
      wake();
    }
  };
  const pumping = pump();
  try {
    for (;;) {
      throwIfAborted(signal);
      if (!slot && state === 'open') {
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        await orAbort(woken, signal);
      }
      for (let turn = 0, last: unknown; turn < TURNS && slot !== last && state === 'open'; turn++) {
        last = slot;
        await pause();
      }
      const frame = slot;
      slot = undefined;
      if (frame) yield frame;
      else if (failure) throw failure.error;
      else if (state !== 'open') return;
    }
  } finally {
    state = 'stopped';
    slot?.release?.();
    pumping.catch(() => undefined);
  }
}

const toFrame = <Image>(value: Image | Pixels | SourceFrame<Image>): SourceFrame<Image> => {
  const isFrame = typeof value === 'object' && value !== null && 'image' in value && !isPixels(value);
  return isFrame ? (value as SourceFrame<Image>) : { image: value as Image | Pixels };
};
