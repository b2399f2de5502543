/** The plug-in contract: added tokens read everything and are read by nothing. */

import { runOnnx } from '@facexformer/test-utils/engine';
import { isolationFaults } from '@facexformer/test-utils/isolation';
import { expect, it } from 'vitest';

it('whatever tasks and plug-ins run together, in whatever order, each gives the bits that it gives alone', async () => {
  expect(await isolationFaults(runOnnx, 'cpu', 12)).toEqual([]);
});

it('finds a plug-in that is read', async () => {
  const leaky: typeof runOnnx = async (model, feeds) => {
    const outputs = await runOnnx(model, feeds);
    if (outputs.pluginA && outputs.age) outputs.age.data.fill(outputs.pluginA.data[0]!, 0, 1);
    return outputs;
  };
  const faults = await isolationFaults(leaky, 'cpu', 8);
  expect(faults.length).toBeGreaterThan(0);
  expect(faults.every((fault) => fault.startsWith('age differs'))).toBe(true);
});
