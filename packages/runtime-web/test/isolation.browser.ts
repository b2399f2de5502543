/** The plug-in contract holds bit for bit in WebAssembly too. */

import { isolationFaults, type RunModel } from '@facexformer/test-utils/isolation';
import { expect, it } from 'vitest';
import { webRuntime } from '../src/index.ts';

const runtime = webRuntime({ device: 'wasm' });

const run: RunModel = async (model, feeds) => {
  const session = await runtime.open(async () => model);
  try {
    return await session.run(feeds);
  } finally {
    await session.dispose();
  }
};

it('base results do not change by a bit, whatever plug-ins run with them', { timeout: 180_000 }, async () => {
  expect(await isolationFaults(run, 'wasm', 6)).toEqual([]);
});
