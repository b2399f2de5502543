import { tensor } from '@facexformer/core/graph';
import { tinyOnnx } from '@facexformer/test-utils/tiny-onnx';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type DeviceLost, webRuntime } from '../../src/index.ts';

/** Devices in the order in which they were handed out. */
function watchDevices(): GPUDevice[] {
  const devices: GPUDevice[] = [];
  const request = GPUAdapter.prototype.requestDevice;
  vi.spyOn(GPUAdapter.prototype, 'requestDevice').mockImplementation(async function (this: GPUAdapter, wish) {
    const device = await request.call(this, wish);
    devices.push(device);
    return device;
  });
  return devices;
}

const feeds = { x: tensor([1, 3], [1, 2, 3]) };
const y = [16.5, 21]; // x W + b by hand

/** Firefox and WebKit on Linux have no WebGPU. */
describe.skipIf(!navigator.gpu)('a session whose GPU is lost', () => {
  afterEach(() => vi.restoreAllMocks());

  it('moves to a new device, then to WebAssembly, and says so', async () => {
    const devices = watchDevices();
    const events: DeviceLost[] = [];
    const runtime = webRuntime({ device: 'webgpu', onDeviceLost: (event) => events.push(event) });
    const targets: string[] = [];
    await using session = await runtime.open(async (target) => {
      targets.push(target);
      return { bytes: tinyOnnx };
    });
    expect([...(await session.run(feeds)).y!.data]).toEqual(y);

    devices[0]!.destroy();
    expect([...(await session.run(feeds)).y!.data]).toEqual(y);
    expect(session.device).toBe('webgpu');

    const running = session.run(feeds);
    devices[1]!.destroy();
    expect([...(await running).y!.data]).toEqual(y);
    expect([...(await session.run(feeds)).y!.data]).toEqual(y);
    expect(session.device).toBe('wasm');

    expect(targets).toEqual(['webgpu', 'webgpu', 'wasm']);
    expect(events).toMatchObject([
      { type: 'device-lost', reason: 'destroyed', next: 'webgpu' },
      { type: 'device-lost', reason: 'destroyed', next: 'wasm' },
    ]);
  });

  it('frees the device when disposed of, without calling it a loss', async () => {
    const devices = watchDevices();
    const onDeviceLost = vi.fn();
    const session = await webRuntime({ device: 'webgpu', onDeviceLost }).open(async () => ({
      bytes: tinyOnnx,
    }));
    await session.dispose();
    expect((await devices[0]!.lost).reason).toBe('destroyed');
    expect(onDeviceLost).not.toHaveBeenCalled();
    await expect(session.run(feeds)).rejects.toMatchObject({ code: 'DISPOSED' });
  });
});

describe('a page without WebGPU', () => {
  afterEach(() => vi.restoreAllMocks());

  it('refuses "webgpu" with the remedy, unless it may fall back', async () => {
    if (navigator.gpu) vi.spyOn(navigator.gpu, 'requestAdapter').mockResolvedValue(null);
    const model = async () => ({ bytes: tinyOnnx });
    await expect(webRuntime({ device: 'webgpu' }).open(model)).rejects.toMatchObject({
      code: 'DEVICE_UNAVAILABLE',
      message: expect.stringContaining('fallback: true'),
    });
    await using session = await webRuntime({ device: 'webgpu', fallback: true }).open(model);
    expect(session.device).toBe('wasm');
  });
});

describe('device "auto"', () => {
  it.runIf(navigator.gpu)('leaves a GPU in software alone', async () => {
    expect((await navigator.gpu.requestAdapter())!.info.isFallbackAdapter).toBe(true);
    await using session = await webRuntime().open(async () => ({ bytes: tinyOnnx }));
    expect(session.device).toBe('wasm');
  });
});
