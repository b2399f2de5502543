import { FaceXFormerError, type Runtime, type Session } from '@facexformer/core';
import { expect, test } from 'vitest';
import { openNetworkPool } from '../src/network-pool.ts';

/** A runtime whose sessions answer nothing and count themselves. */
function countingRuntime() {
  const counts = { opened: 0, disposed: 0 };
  const runtime: Runtime = {
    name: 'counting',
    decode: async () => ({ width: 1, height: 1, data: new Uint8Array(3) }),
    async open(): Promise<Session> {
      counts.opened += 1;
      return {
        inputs: ['image'],
        outputs: [],
        device: 'cpu',
        run: async () => ({}),
        async dispose() {
          counts.disposed += 1;
        },
      };
    },
  };
  return { runtime, counts };
}

const picture = (width: number) => ({ dims: [1, 3, 128, width], data: new Float32Array(3 * 128 * width) });

test('a size is opened once, and the one unused for longest is closed', async () => {
  const { runtime, counts } = countingRuntime();
  const networks = await openNetworkPool(runtime, { width: 128, height: 128 });
  for (const width of [128, 256, 128, 256]) await networks.run(picture(width), {});
  expect(counts).toEqual({ opened: 2, disposed: 0 });
  for (const width of [384, 512, 640, 768, 128, 896]) await networks.run(picture(width), {});
  expect(counts).toEqual({ opened: 7, disposed: 1 });
  await networks.run(picture(128), {});
  expect(counts.opened).toBe(7);
  await networks.run(picture(256), {});
  expect(counts.opened).toBe(8);
  await networks.dispose();
  expect(counts.disposed).toBe(counts.opened);
});

test('what could not be opened is tried again', async () => {
  const { runtime } = countingRuntime();
  let fails = false;
  const failing: Runtime = {
    ...runtime,
    open: (...args) =>
      fails ? Promise.reject(new FaceXFormerError('RUNTIME', 'out of memory')) : runtime.open(...args),
  };
  const networks = await openNetworkPool(failing, { width: 128, height: 128 });
  fails = true;
  await expect(networks.run(picture(256), {})).rejects.toThrow('out of memory');
  fails = false;
  await expect(networks.run(picture(256), {})).resolves.toEqual({});
  await networks.dispose();
});
