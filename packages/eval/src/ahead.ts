/** Groups items into lists of `size`; the last may be shorter. */
export async function* inChunks<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let chunk: T[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length === size) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}

/** Applies `work` to every item in order, and starts the next one while the consumer is busy with the last. */
export async function* ahead<T, Result>(
  items: AsyncIterable<T>,
  work: (item: T) => Promise<Result>,
): AsyncGenerator<Result> {
  let pending: Promise<Result> | undefined;
  for await (const item of items) {
    const started = work(item);
    started.catch(() => undefined); // reported when its turn comes
    if (pending) yield await pending;
    pending = started;
  }
  if (pending) yield await pending;
}
