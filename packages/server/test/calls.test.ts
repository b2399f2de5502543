import { expect, it } from 'vitest';
import { openCalls } from '../src/calls.js';

const limits = { maxBytes: 1, maxFaces: 1, atOnce: 2, maxWaiting: 1 };
const never = new AbortController().signal;
const settle = () => new Promise((resolve) => setImmediate(resolve));

it('takes in as many calls as may run and wait', () => {
  const calls = openCalls(limits);
  const ends = [calls.accept(), calls.accept(), calls.accept()];
  expect(() => calls.accept()).toThrow(expect.objectContaining({ code: 'BUSY' }));
  ends[0]!();
  ends[0]!(); // counts once
  calls.accept();
  expect(() => calls.accept()).toThrow(expect.objectContaining({ code: 'BUSY' }));
});

it('gives turns in their order, and none to a caller that has left', async () => {
  const calls = openCalls(limits);
  const order: string[] = [];
  const leaves = new AbortController();
  const turn = (name: string, signal: AbortSignal) =>
    calls.turn(signal).then((end) => {
      order.push(name);
      return end;
    });
  const [a] = await Promise.all([turn('a', never), turn('b', never)]);
  const c = turn('c', leaves.signal);
  const d = turn('d', never);
  await settle();
  expect(order).toEqual(['a', 'b']);
  leaves.abort();
  await expect(c).rejects.toMatchObject({ code: 'ABORTED' });
  await expect(turn('e', leaves.signal)).rejects.toMatchObject({ code: 'ABORTED' });
  a!();
  await d;
  expect(order).toEqual(['a', 'b', 'd']);
  expect(calls.running).toBe(2);
});

it('is closed when the last call has ended', async () => {
  const calls = openCalls(limits);
  const end = calls.accept();
  let closed = false;
  const closing = calls.close().then(() => {
    closed = true;
  });
  expect(() => calls.accept()).toThrow(expect.objectContaining({ code: 'CLOSING' }));
  await settle();
  expect(closed).toBe(false);
  end();
  await closing;
  await calls.close();
});
