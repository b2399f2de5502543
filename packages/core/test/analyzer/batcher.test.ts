import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import { expect, it } from 'vitest';
import { createBatcher } from '../../src/analyzer/batcher.js';
import type { RunOptions, Session, Tensor } from '../../src/index.js';

const { model } = untrainedCheckpoint().info;
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A session that states the red of each crop's first pixel, when it is told to. */
function slowSession(change: (output: Tensor) => Tensor = (output) => output) {
  const batches: number[] = [];
  const signals: unknown[] = [];
  const ends: (() => void)[] = [];
  const session: Pick<Session, 'run'> = {
    async run({ image }, { signal }: RunOptions = {}) {
      const count = image!.dims[0]!;
      batches.push(count);
      signals.push(signal);
      await new Promise<void>((resolve) => ends.push(resolve));
      const size = image!.data.length / count;
      const data = Float32Array.from({ length: count }, (_, i) => image!.data[i * size]!);
      return { red: change({ dims: [count, 1], data }) };
    },
  };
  const batcher = createBatcher(session, ['red'], model);
  const end = async () => {
    ends.shift()!();
    await settle();
  };
  return { batcher, batches, signals, end };
}

const gray = (value: number) => ({ width: 8, height: 8, data: new Uint8Array(192).fill(value) });
const whole = { x: 0, y: 0, width: 8, height: 8 };
const red = (outputs: readonly Readonly<Record<string, Tensor>>[]) =>
  outputs.map((output) => output.red!.data[0]!);

it('runs a call at once, and what comes meanwhile as the next batch', async () => {
  const { batcher, batches, end } = slowSession();
  const first = batcher.run(gray(10), [whole], {});
  expect(batches).toEqual([1]);
  const others = [20, 30].map((value) => batcher.run(gray(value), [whole, whole], {}));
  await end();
  expect(batches).toEqual([1, 4]);
  await end();
  const [a, b, c] = [red(await first), red(await others[0]!), red(await others[1]!)];
  expect(a[0]).toBeLessThan(b[0]!);
  expect(b[0]).toBeLessThan(c[0]!);
  expect([b[0], c[0]]).toEqual([b[1], c[1]]);
});

it('fills batches to the limit, across calls', async () => {
  const { batcher, batches, end } = slowSession();
  const five = new Array(5).fill(whole);
  const calls = [five, five, five].map((crops) => batcher.run(gray(1), crops, {}));
  for (let i = 0; i < 3; i += 1) await end();
  expect(batches).toEqual([5, 8, 2]);
  expect((await Promise.all(calls)).map(({ length }) => length)).toEqual([5, 5, 5]);
});

it('leaves out an aborted call, and does not let it abort the others', async () => {
  const { batcher, batches, signals, end } = slowSession();
  const signal = { aborted: false };
  const first = batcher.run(gray(1), [whole], { signal });
  const aborted = batcher.run(gray(1), [whole], { signal });
  const other = batcher.run(gray(1), [whole], {});
  signal.aborted = true;
  for (const call of [first, aborted]) call.catch(() => undefined);
  await end();
  await end();
  expect(batches).toEqual([1, 1]);
  expect(signals).toEqual([signal, undefined]);
  await expect(first).rejects.toMatchObject({ code: 'ABORTED' });
  await expect(aborted).rejects.toMatchObject({ code: 'ABORTED' });
  expect(await other).toHaveLength(1);
});

it('refuses a call when too many faces wait', async () => {
  const { batcher, end, batches } = slowSession();
  const calls = Array.from({ length: 257 }, () => batcher.run(gray(1), [whole], {}));
  await expect(batcher.run(gray(1), [whole], {})).rejects.toMatchObject({ code: 'BUSY' });
  for (let i = 0; i < 33; i += 1) await end();
  expect(batches).toHaveLength(33);
  expect(await Promise.all(calls)).toHaveLength(257);
});

it.each([
  ['too few numbers', ({ dims, data }: Tensor) => ({ dims, data: data.subarray(1) })],
  ['too few rows', ({ data }: Tensor) => ({ dims: [data.length + 1, 1], data })],
])('refuses %s from the engine, and goes on', async (_, change) => {
  const { batcher, end } = slowSession(change);
  for (let i = 0; i < 2; i += 1) {
    const run = batcher.run(gray(1), [whole, whole], {});
    run.catch(() => undefined);
    await end();
    await expect(run).rejects.toMatchObject({ code: 'RUNTIME', details: { output: 'red' } });
  }
});

it.each([
  [null, 'output "red" of the runtime must be a tensor { dims, data }, not null'],
  [{ dims: [1, 1], data: null }, 'whose "data" is null'],
  [
    { dims: [2, 1], data: new Float32Array(2) },
    'returned 2 numbers of shape [2,1] as output "red" of 1 faces',
  ],
])('names the output of a runtime that answers %j', async (answer, message) => {
  const { batcher, end } = slowSession(() => answer as Tensor);
  const running = batcher.run(gray(1), [whole], {});
  const refused = expect(running).rejects.toMatchObject({
    code: 'RUNTIME',
    message: expect.stringContaining(message),
  });
  await end();
  await refused;
});
