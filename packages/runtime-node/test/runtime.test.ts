import { tinyOnnx } from '@facexformer/test-utils/tiny-onnx';
import { describe, expect, it } from 'vitest';
import { nodeRuntime } from '../src/index.ts';

describe('nodeRuntime', () => {
  it('asks for the target of the device and for external weights', async () => {
    const asked: unknown[] = [];
    const session = await nodeRuntime({ device: 'cpu' }).open(async (...request) => {
      asked.push(request);
      return { bytes: tinyOnnx };
    });
    expect(asked).toEqual([['cpu', { external: true }]]);
    await session.dispose();
  });

  it('passes the errors of the model builder on', async () => {
    const failure = new Error('no weights');
    const opening = nodeRuntime({ device: 'cpu' }).open(() => Promise.reject(failure));
    await expect(opening).rejects.toBe(failure);
  });

  it('stops opening when aborted, before and while the model is built', async () => {
    const runtime = nodeRuntime({ device: 'cpu' });
    const model = async () => ({ bytes: tinyOnnx });
    await expect(runtime.open(model, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    const controller = new AbortController();
    const building = async () => {
      controller.abort();
      return { bytes: tinyOnnx };
    };
    await expect(runtime.open(building, { signal: controller.signal })).rejects.toMatchObject({
      code: 'ABORTED',
    });
  });
});
