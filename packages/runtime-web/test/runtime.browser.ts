import { tensor } from '@facexformer/core/graph';
import { tinyOnnx } from '@facexformer/test-utils/tiny-onnx';
import { describe, expect, it } from 'vitest';
import { webRuntime } from '../src/index.ts';

const model = async () => ({ bytes: tinyOnnx });
const worker = () => new Worker(new URL('./runtime.worker.ts', import.meta.url), { type: 'module' });

describe.each([
  ['in the page', {}],
  ['in a worker', { worker }],
])('webRuntime %s', (_, place) => {
  const runtime = webRuntime({ device: 'wasm', ...place });

  it('runs a model, several runs at once too', async () => {
    await using session = await runtime.open(model);
    expect(session).toMatchObject({ device: 'wasm', inputs: ['x'], outputs: ['y'] });
    const [one, two] = await Promise.all([
      session.run({ x: tensor([1, 3], [1, 2, 3]) }),
      session.run({ x: tensor([2, 3], [0, 0, 0, 1, 0, 0]) }),
    ]);
    expect(one!.y).toEqual({ dims: [1, 2], data: Float32Array.from([16.5, 21]) });
    expect(two!.y).toEqual({ dims: [2, 2], data: Float32Array.from([0.5, -1, 0.5, 0]) });
  });

  it('leaves feeds and pixels of the caller whole', async () => {
    await using session = await runtime.open(model);
    const x = tensor([1, 3], [1, 2, 3]);
    await session.run({ x });
    expect(x.data).toHaveLength(3);
    const bitmap = await createImageBitmap(new ImageData(2, 2));
    expect((await runtime.decode(bitmap)).data).toHaveLength(12);
    expect(bitmap.width).toBe(2);
  });

  it('reports wrong feeds, broken models, broken photos and errors of the model builder', async () => {
    await using session = await runtime.open(model);
    const wrong = session.run({ x: tensor([1, 2], [1, 2]) });
    await expect(wrong).rejects.toMatchObject({
      code: 'BAD_TENSOR',
      message: expect.stringMatching(/\[1,2\], expected/),
    });
    const broken = runtime.open(async () => ({ bytes: Uint8Array.from([1, 2, 3]) }));
    await expect(broken).rejects.toMatchObject({
      code: 'RUNTIME',
      message: expect.stringMatching(/cannot load the model on wasm/),
    });
    const photo = runtime.decode(new File(['no'], 'no.png'));
    await expect(photo).rejects.toMatchObject({
      code: 'BAD_IMAGE',
      message: expect.stringMatching(/no\.png/),
    });
    const failing = runtime.open(() => Promise.reject(new Error('no weights')));
    await expect(failing).rejects.toThrow('no weights');
  });

  it('stops when aborted, before and while the model is built', async () => {
    await expect(runtime.open(model, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    const controller = new AbortController();
    const building = runtime.open(
      async () => {
        controller.abort();
        return { bytes: tinyOnnx };
      },
      { signal: controller.signal },
    );
    await expect(building).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('refuses to run after dispose, which may be repeated', async () => {
    const session = await runtime.open(model);
    await session.dispose();
    await session.dispose();
    await expect(session.run({ x: tensor([1, 3], [1, 2, 3]) })).rejects.toMatchObject({ code: 'DISPOSED' });
  });
});

describe('a worker', () => {
  it('ends with its last session, and starts again', async () => {
    let [started, ended] = [0, 0];
    const counted = () => {
      const made = worker();
      const terminate = made.terminate.bind(made);
      started += 1;
      made.terminate = () => {
        ended += 1;
        terminate();
      };
      return made;
    };
    const runtime = webRuntime({ device: 'wasm', worker: counted });
    const sessions = [await runtime.open(model), await runtime.open(model)];
    await sessions[0]!.dispose();
    expect([started, ended]).toEqual([1, 0]);
    await sessions[1]!.dispose();
    expect([started, ended]).toEqual([1, 1]);
    await (await runtime.open(model)).dispose();
    expect([started, ended]).toEqual([2, 2]);
  });

  it('that does not load is an error, not a silence', async () => {
    const missing = () => new Worker('/no-such-worker.js', { type: 'module' });
    const opening = webRuntime({ device: 'wasm', worker: missing }).open(model);
    await expect(opening).rejects.toMatchObject({
      code: 'RUNTIME',
      message: expect.stringContaining('worker'),
    });
  });
});
