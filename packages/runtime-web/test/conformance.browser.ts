import { openCheckpoint } from '@facexformer/core';
import { agrees, contractChecks, measureAgreement } from '@facexformer/core/conformance';
import { miniModel } from '@facexformer/model-mini';
import { age, landmarks } from '@facexformer/tasks';
import { fixtureUrl } from '@facexformer/test-utils/fixture-url';
import { describe, expect, it } from 'vitest';
import { urlSource, webRuntime } from '../src/index.ts';

const photo = fixtureUrl('astronaut.png');
const worker = () => new Worker(new URL('./runtime.worker.ts', import.meta.url), { type: 'module' });

const gpu = { device: 'webgpu', runtime: webRuntime({ device: 'webgpu' }) };

describe.each([
  { device: 'wasm', runtime: webRuntime({ device: 'wasm' }) },
  { device: 'wasm', runtime: webRuntime({ device: 'wasm', worker }) },
  ...(navigator.gpu ? [gpu] : []), // Firefox and WebKit on Linux have none
])('$device', ({ device, runtime }) => {
  it.each(contractChecks)('$name', (check) => check.run(runtime));

  // bench/web/agreement.mjs has all tasks; software WebGPU needs half a minute for its shaders alone.
  it('agrees with the reference on a photo', { timeout: 180_000 }, async () => {
    const agreement = await measureAgreement({
      runtime,
      checkpoint: async () => openCheckpoint(await urlSource(miniModel)),
      tasks: [landmarks(), age()],
      image: await (await fetch(photo)).blob(),
      boxes: [{ x: 172, y: 67, width: 106, height: 106 }],
    });
    expect(agreement, JSON.stringify(agreement, null, 2)).toSatisfy(agrees);
    expect(agreement.device).toBe(device);
  });
});
