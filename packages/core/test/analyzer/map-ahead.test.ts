import { expect, it } from 'vitest';
import { mapAhead } from '../../src/analyzer/map-ahead.js';

/** Work that ends when it is told to. */
function controlled() {
  const started: number[] = [];
  const ends = new Map<number, () => void>();
  const signals: { readonly aborted: boolean }[] = [];
  const work = (item: number, _: number, { signal }: { readonly signal: { readonly aborted: boolean } }) => {
    started.push(item);
    signals.push(signal);
    return new Promise<string>((resolve) => ends.set(item, () => resolve(`done ${item}`)));
  };
  return { work, started, signals, end: (item: number) => ends.get(item)!() };
}

/** Lets everything that can go on without outside help go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

function source(count: number) {
  const log: string[] = [];
  return {
    log,
    async *[Symbol.asyncIterator]() {
      try {
        for (let i = 0; i < count; i += 1) {
          log.push(`read ${i}`);
          yield i;
        }
      } finally {
        log.push('closed');
      }
    },
  };
}

it('starts no more than it may, and keeps the order whatever ends first', async () => {
  const { work, started, end } = controlled();
  const results = mapAhead(source(5), 3, work, undefined);
  const first = results.next();
  await settle();
  expect(started).toEqual([0, 1, 2]);
  end(2);
  end(1);
  await settle();
  expect(started).toEqual([0, 1, 2]);
  end(0);
  expect((await first).value).toBe('done 0');
  expect((await results.next()).value).toBe('done 1');
  const third = results.next();
  await settle();
  expect(started).toEqual([0, 1, 2, 3, 4]);
  expect((await third).value).toBe('done 2');
  end(3);
  end(4);
  expect((await results.next()).value).toBe('done 3');
  expect((await results.next()).value).toBe('done 4');
  expect((await results.next()).done).toBe(true);
});

it('hands out what is done while the source is slow', async () => {
  let deliver = (_: number): void => undefined;
  async function* slow() {
    yield 0;
    yield await new Promise<number>((resolve) => {
      deliver = resolve;
    });
  }
  const results = mapAhead(slow(), 4, async (item) => item, undefined);
  expect((await results.next()).value).toBe(0);
  const second = results.next();
  await settle();
  deliver(1);
  expect((await second).value).toBe(1);
});

it('closes the source when the loop is left, and tells the work that goes on', async () => {
  const { work, signals, end } = controlled();
  const items = source(9);
  const results = mapAhead(items, 2, work, undefined);
  const first = results.next();
  await settle();
  end(0);
  await first;
  const left = results.return();
  await settle();
  expect(signals[1]!.aborted).toBe(true);
  end(1);
  await left;
  expect(items.log).toEqual(['read 0', 'read 1', 'closed']);
});

it('throws what the source throws after the results before it, and what work throws at its turn', async () => {
  async function* broken() {
    yield 1;
    throw new Error('no more');
  }
  const seen: number[] = [];
  const read = async () => {
    for await (const item of mapAhead(broken(), 4, async (item) => item, undefined)) seen.push(item);
  };
  await expect(read()).rejects.toThrow('no more');
  expect(seen).toEqual([1]);
  const items = source(9);
  const fails = mapAhead(
    items,
    2,
    async (item) => (item === 0 ? item : Promise.reject(new Error('failed'))),
    undefined,
  );
  expect((await fails.next()).value).toBe(0);
  await expect(fails.next()).rejects.toThrow('failed');
  expect(items.log.at(-1)).toBe('closed');
});

it('is aborted also while the source is silent', async () => {
  const abort = new AbortController();
  const silent = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) };
  const results = mapAhead(silent, 2, async (item) => item, abort.signal);
  const first = results.next();
  await settle();
  abort.abort('enough');
  await expect(first).rejects.toMatchObject({ code: 'ABORTED' });
  const late = mapAhead([1, 2], 2, async (item) => item, abort.signal);
  await expect(late.next()).rejects.toMatchObject({ code: 'ABORTED' });
});
