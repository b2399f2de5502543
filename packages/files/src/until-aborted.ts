import { throwIfAborted } from '@facexformer/core';

/**
 * The items, until the signal fires: at once, also while the next one is awaited.
 * @throws {FaceXFormerError} `ABORTED`; what `items` throws.
 */
export async function* untilAborted<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  signal?: AbortSignal,
): AsyncGenerator<Item> {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  let ended = false;
  try {
    for (;;) {
      throwIfAborted(signal);
      const next = await orAborted(Promise.resolve(iterator.next()), signal);
      ended = next.done === true;
      if (next.done) return;
      yield next.value;
    }
  } finally {
    const closing = ended ? undefined : Promise.resolve(iterator.return?.());
    if (signal?.aborted)
      closing?.catch(() => undefined); // a source that hangs may never end
    else await closing;
  }
}

async function orAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return work;
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      try {
        throwIfAborted(signal);
      } catch (error) {
        reject(error);
      }
    };
    signal.addEventListener('abort', stop);
  });
  if (signal.aborted) stop(); // while `work` was begun
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
