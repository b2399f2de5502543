import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { tensor } from '@facexformer/core/graph';
import { tinyOnnx, tinyOnnxExternal, tinyWeights } from '@facexformer/test-utils/tiny-onnx';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeRuntime } from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'fxf-session-'));
const externalFile = join(folder, 'weights.bin');
writeFileSync(externalFile, tinyWeights);
afterAll(() => rmSync(folder, { recursive: true }));

const open = () => nodeRuntime({ device: 'cpu', threads: 1 }).open(async () => ({ bytes: tinyOnnx }));
const code = (expected: string) => expect.objectContaining({ code: expected });
const two = tensor([2, 3], [1, 2, 3, 0, 0, 1]);

describe('a session', () => {
  it('runs a batch', async () => {
    await using session = await open();
    expect([session.inputs, session.outputs, session.device]).toEqual([['x'], ['y'], 'cpu']);
    const { y } = await session.run({ x: two });
    expect(y).toEqual({ dims: [2, 2], data: Float32Array.of(16.5, 21, 4.5, 4) });
  });

  it('takes weights from the external file', async () => {
    const runtime = nodeRuntime({ device: 'cpu' });
    const session = await runtime.open(async () => ({ bytes: tinyOnnxExternal, externalFile }));
    const { y } = await session.run({ x: tensor([1, 3], [1, 2, 3]) });
    expect([...y!.data]).toEqual([16.5, 21]);
    await session.dispose();
  });

  it('takes arrays of another realm', async () => {
    await using session = await open();
    const { y } = await session.run({
      x: { dims: [1, 3], data: runInNewContext('Float32Array.of(1, 2, 3)') },
    });
    expect([...y!.data]).toEqual([16.5, 21]);
  });

  it('runs views of larger buffers and several runs at once', async () => {
    await using session = await open();
    const data = Float32Array.of(9, 9, 1, 2, 3, 9).subarray(2, 5);
    const runs = [1, 2, 3].map(() => session.run({ x: { dims: [1, 3], data } }));
    for (const { y } of await Promise.all(runs)) expect([...y!.data]).toEqual([16.5, 21]);
  });

  it.each([
    ['a missing input', {}],
    ['an unknown input', { x: two, z: two }],
    ['a wrong rank', { x: tensor([6], two.data) }],
    ['a wrong width', { x: tensor([3, 2], two.data) }],
    ['an empty batch', { x: tensor([0, 3], []) }],
    ['a length that does not fit', { x: { dims: [2, 3], data: new Float32Array(5) } }],
    ['doubles', { x: { dims: [2, 3], data: new Float64Array(6) as unknown as Float32Array } }],
  ])('refuses %s', async (_, feeds) => {
    await using session = await open();
    await expect(session.run(feeds)).rejects.toEqual(code('BAD_TENSOR'));
  });

  it('is disposed of once, after the runs under way, and refuses later ones', async () => {
    const session = await open();
    const underWay = session.run({ x: two });
    await Promise.all([session.dispose(), session.dispose()]);
    expect((await underWay).y?.dims).toEqual([2, 2]);
    await expect(session.run({ x: two })).rejects.toEqual(code('DISPOSED'));
  });

  it('stops when aborted, before and during a run', async () => {
    await using session = await open();
    await expect(session.run({ x: two }, { signal: AbortSignal.abort() })).rejects.toEqual(code('ABORTED'));
    const controller = new AbortController();
    const run = session.run({ x: two }, { signal: controller.signal });
    controller.abort('enough');
    await expect(run).rejects.toMatchObject({ code: 'ABORTED', cause: 'enough' });
  });

  it('wraps the errors of onnxruntime', async () => {
    const runtime = nodeRuntime({ device: 'cpu' });
    const broken = runtime.open(async () => ({ bytes: tinyOnnx.subarray(0, 60) }));
    await expect(broken).rejects.toMatchObject({ code: 'RUNTIME', cause: expect.any(Error) });
    const lost = runtime.open(async () => ({
      bytes: tinyOnnxExternal,
      externalFile: join(folder, 'nowhere', 'weights.bin'),
    }));
    await expect(lost).rejects.toEqual(code('RUNTIME'));
  });
});
