import { tensor } from '@facexformer/core/graph';
import { tinyOnnx } from '@facexformer/test-utils/tiny-onnx';
import { describe, expect, it } from 'vitest';
import { hasCudaProvider, startDevice } from '../src/devices.ts';
import { nodeRuntime } from '../src/index.ts';
import { loadOrt } from '../src/ort.ts';

const ort = await loadOrt();
const starts = (device: 'cuda' | 'webgpu'): Promise<boolean> =>
  startDevice(ort, device).then(
    () => true,
    () => false,
  );
const available = { cuda: await starts('cuda'), webgpu: await starts('webgpu') };
for (const [device, there] of Object.entries(available)) {
  if (!there)
    console.warn(`\n*** SKIPPED: no ${device} device on this machine, its session test did not run ***\n`);
}

describe.each(['cuda', 'webgpu'] as const)('device %s', (device) => {
  const runtime = nodeRuntime({ device });
  const model = async (target: string) => ({ bytes: tinyOnnx, target });

  it.runIf(available[device])('runs and says so', async () => {
    const targets: string[] = [];
    await using session = await runtime.open((target) => {
      targets.push(target);
      return model(target);
    });
    expect([session.device, ...targets]).toEqual([device, device]);
    const { y } = await session.run({ x: tensor([1, 3], [1, 2, 3]) });
    expect(y!.data[0]).toBeCloseTo(16.5, 4);
    expect(y!.data[1]).toBeCloseTo(21, 4);
  });

  it.skipIf(available[device])('is refused with the remedy, before the model is built', async () => {
    let built = false;
    const opening = runtime.open((target) => {
      built = true;
      return model(target);
    });
    const remedy =
      device === 'cuda' ? /ONNXRUNTIME_NODE_INSTALL=cuda12.*cuDNN 9.*fallback/ : /Vulkan.*fallback/;
    await expect(opening).rejects.toMatchObject({
      code: 'DEVICE_UNAVAILABLE',
      message: expect.stringMatching(remedy),
    });
    expect(built).toBe(false);
  });

  it.skipIf(available[device])('falls back to the CPU where allowed, and says so', async () => {
    const targets: string[] = [];
    await using session = await nodeRuntime({ device, fallback: true }).open((target) => {
      targets.push(target);
      return model(target);
    });
    expect([session.device, ...targets]).toEqual(['cpu', 'cpu']);
    const { y } = await session.run({ x: tensor([1, 3], [1, 2, 3]) });
    expect([...y!.data]).toEqual([16.5, 21]);
  });
});

describe('device auto', () => {
  it('is CUDA where it starts, else the CPU', async () => {
    await using session = await nodeRuntime().open(async () => ({ bytes: tinyOnnx }));
    expect(session.device).toBe(available.cuda ? 'cuda' : 'cpu');
    if (!hasCudaProvider()) expect(session.device).toBe('cpu');
  });
});
