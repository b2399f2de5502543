import { throwIfAborted } from '../base/errors.js';
import type { Signal } from '../base/signal.js';
import { orAbort } from '../stream/abort.js';

/**
 * Applies `work` to the items of a source, to at most `ahead` of them at a time; the results come in order. What the
 * source throws comes after the results of what it gave before. However the loop ends, the source is closed, and work
 * that is still going on is aborted and awaited.
 * @throws {FaceXFormerError} `ABORTED`; whatever the source and the work throw.
 */
export async function* mapAhead<Item, Result>(
  source: AsyncIterable<Item> | Iterable<Item>,
  ahead: number,
  work: (item: Item, index: number, run: { readonly signal: Signal }) => Promise<Result>,
  signal: Signal | undefined,
): AsyncGenerator<Result, void, undefined> {
  const items = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  const working: Promise<Result>[] = [];
  let index = 0;
  let reading: Promise<void> | undefined;
  let isAsked = false; // the source has yet to answer
  let isAtEnd = false;
  let isLeft = false;
  const stop: Signal = {
    get aborted() {
      return isLeft || signal?.aborted === true;
    },
    get reason() {
      return signal?.reason;
    },
  };

  const start = (result: Promise<Result>): void => {
    result.catch(() => undefined); // thrown when its turn comes
    working.push(result);
  };
  const read = async (): Promise<void> => {
    isAsked = true;
    try {
      const next = await items.next();
      if (next.done) isAtEnd = true;
      else if (!isLeft) start(work(next.value, index++, { signal: stop }));
    } catch (error) {
      isAtEnd = true;
      start(Promise.reject(error));
    } finally {
      isAsked = false;
    }
  };
  try {
    for (;;) {
      if (!isAtEnd && !stop.aborted && working.length < ahead) {
        reading ??= orAbort(read(), signal)
          .catch((error: unknown) => start(Promise.reject(error)))
          .finally(() => {
            reading = undefined;
          });
      }
      const [oldest] = working;
      if (!oldest && !reading) {
        if (!isAtEnd) throwIfAborted(signal);
        return;
      }
      const finished = oldest?.then((result) => ({ result }));
      const next = await Promise.race([finished, reading].filter((step) => step !== undefined));
      if (!next) continue;
      working.shift();
      yield next.result;
    }
  } finally {
    isLeft = true;
    if (!isAtEnd) {
      const closing = Promise.resolve(items.return?.());
      if (isAsked)
        closing.catch(() => undefined); // a source that has stalled would never answer
      else await closing;
    }
    await Promise.allSettled(working);
  }
}
