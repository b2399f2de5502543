import { existsSync } from 'node:fs';
import { openCheckpoint } from '@facexformer/core';
import { agrees, contractChecks, measureAgreement } from '@facexformer/core/conformance';
import { allTasks } from '@facexformer/tasks';
import { fixtureUrl } from '@facexformer/test-utils/fixture-url';
import { describe, expect, it } from 'vitest';
import { fileSource, nodeRuntime } from '../src/index.ts';

describe('nodeRuntime on the CPU', () => {
  const runtime = nodeRuntime({ device: 'cpu' });

  it.each(contractChecks)('$name', (check) => check.run(runtime));

  it('agrees with the reference on a photo', async () => {
    const weights = new URL('../../model-mini/weights/mini.safetensors', import.meta.url);
    const agreement = await measureAgreement({
      runtime,
      checkpoint: async () => openCheckpoint(await fileSource(weights)),
      tasks: allTasks(),
      image: fixtureUrl('astronaut.png'),
      boxes: [{ x: 172, y: 67, width: 106, height: 106 }],
    });
    expect(agreement, JSON.stringify(agreement, null, 2)).toSatisfy(agrees);
    expect(agreement.device).toBe('cpu');
  });
});

/** Vulkan in software, as Debian's chromium and libvulkan1 bring it. bench/web/agreement.mjs has the model run on it. */
const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';
const hasVulkan = existsSync(SWIFTSHADER) && existsSync('/usr/lib/x86_64-linux-gnu/libvulkan.so.1');

describe.runIf(hasVulkan)('nodeRuntime on WebGPU in software', () => {
  process.env.VK_DRIVER_FILES ??= SWIFTSHADER;

  it.each(contractChecks)('$name', (check) => check.run(nodeRuntime({ device: 'webgpu' })));
});
