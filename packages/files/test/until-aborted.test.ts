import { expect, it } from 'vitest';
import { untilAborted } from '../src/until-aborted.js';

it('passes items on and leaves no listener', async () => {
  const { signal } = new AbortController();
  const got: number[] = [];
  for await (const item of untilAborted([1, 2, 3], signal)) got.push(item);
  expect(got).toEqual([1, 2, 3]);
});

it('ends the source when it is left early', async () => {
  let closed = false;
  async function* source(): AsyncGenerator<number> {
    try {
      yield 1;
      yield 2;
    } finally {
      closed = true;
    }
  }
  for await (const _ of untilAborted(source())) break;
  expect(closed).toBe(true);
});

it('does not ask the source once it is aborted', async () => {
  const items = untilAborted(
    {
      [Symbol.iterator]() {
        return { next: () => expect.fail('asked') };
      },
    },
    AbortSignal.abort(),
  );
  await expect(items.next()).rejects.toMatchObject({ code: 'ABORTED' });
});
