/** Checkpoints in eight bits: the same answers as those of weights that are rounded when a model is opened. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allTasks } from '@facexformer/tasks';
import { maxAbsDiff, noise, runOnnx } from '@facexformer/test-utils/engine';
import { fixtureJson, portableBytes } from '@facexformer/test-utils/load';
import type { OfficialTensor } from '@facexformer/test-utils/portable-weights';
import { expect, it } from 'vitest';
import { type ExportOptions, exportOnnx } from '../../src/graph/lower/export.js';
import { int8Parameters } from '../../src/graph/lower/quantize.js';
import {
  bytesSource,
  type Checkpoint,
  openCheckpoint,
  saveCheckpoint,
  type Tensor,
  verifyContent,
} from '../../src/index.js';
import { IMAGE_INPUT } from '../../src/model/build.js';
import { assembleModel } from '../../src/plugin/assemble-model.js';

const { state_dict: tiny } = fixtureJson<{ readonly state_dict: readonly OfficialTensor[] }>('tiny.json');
const official = await openCheckpoint(bytesSource(await portableBytes(tiny)));
const tasks = allTasks().filter(({ name }) => name in official.info.vocabularies);
const { outputs } = assembleModel(official, tasks);
const wide = int8Parameters(outputs);

async function saved(
  ...options: readonly [('F32' | 'F16')?, ReadonlyMap<string, number>?]
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of saveCheckpoint(official.info, official, ...options)) parts.push(part);
  return Buffer.concat(parts);
}
const int8 = await saved('F32', wide);

async function run(
  checkpoint: Checkpoint,
  options: Pick<ExportOptions, 'precision' | 'external' | 'target'>,
): Promise<Record<string, Tensor>> {
  const model = await exportOnnx({ outputs, parameters: checkpoint, target: 'cpu', ...options });
  return runOnnx(model, { [IMAGE_INPUT]: { dims: [1, 3, 224, 224], data: noise(3 * 224 * 224) } });
}
const opened = await run(official, { precision: 'int8' });

/** How far answers are from those of weights that were rounded when opened. */
const distance = (answers: Record<string, Tensor>): number =>
  Math.max(...Object.entries(opened).map(([name, { data }]) => maxAbsDiff(answers[name]!.data, data)));

it('stores every wide layer, and nothing that is also folded', () => {
  expect(wide.get('backbone.stages.3.blocks.1.mlp.fc2.weight')).toBe(1);
  expect(wide.get('backbone.stages.3.blocks.1.attention.qkv.weight')).toBe(3);
  expect(wide.get('decoder.layers.1.taskSelfAttention.q.weight')).toBe(1);
  expect(wide.has('decoder.layers.0.taskSelfAttention.q.weight')).toBe(false); // of constant tokens
  expect(wide.has('fusion.linearFuse.weight')).toBe(false); // multiplied into the layers before
});

it('answers bit by bit as if it were rounded when opened, without reading a weight as numbers', async () => {
  const checkpoint = await openCheckpoint(bytesSource(int8));
  const read: string[] = [];
  const watched: Checkpoint = {
    ...checkpoint,
    read: async (name) => {
      read.push(name);
      return checkpoint.read(name);
    },
  };
  expect(distance(await run(watched, {}))).toBe(0);
  expect(read.filter((name) => wide.has(name))).toEqual([]);
  expect(read.length).toBeGreaterThan(0);
});

it('leaves the bytes in its file for the engine to map', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'int8-'));
  const path = join(folder, 'tiny.safetensors');
  await writeFile(path, int8);
  const checkpoint = await openCheckpoint({ ...bytesSource(int8), path });
  expect(distance(await run(checkpoint, { external: true }))).toBe(0);
  const [beside, within] = await Promise.all(
    [true, false].map((external) => exportOnnx({ outputs, parameters: checkpoint, target: 'cpu', external })),
  );
  const bytes = [...wide.keys()].reduce((sum, name) => sum + checkpoint.tensors.get(name)!.byteLength, 0);
  expect(within!.bytes.length - beside!.bytes.length).toBeGreaterThan(bytes);
  await rm(folder, { recursive: true });
});

it('takes less space, keeps its hash, and names its shapes as before', async () => {
  const checkpoint = await openCheckpoint(bytesSource(int8));
  expect(int8.length).toBeLessThan((await saved()).length / 2);
  expect([...checkpoint.tensors].map(([name, { shape }]) => [name, shape])).toEqual(
    [...official.tensors].map(([name, { shape }]) => [name, wide.has(name) ? shape.slice(0, 2) : shape]),
  );
  await verifyContent(checkpoint);
  int8[int8.length - 1]! ^= 1;
  await expect(verifyContent(checkpoint)).rejects.toMatchObject({ code: 'BAD_CHECKPOINT' });
  int8[int8.length - 1]! ^= 1;
});

it('computes in fp32 where that is asked for, and on devices without integer products', async () => {
  const checkpoint = await openCheckpoint(bytesSource(int8));
  const exact = await run(official, {});
  const widened = await run(checkpoint, { precision: 'fp32' });
  expect(maxAbsDiff(widened.age!.data, exact.age!.data)).toBeLessThan(0.1);
  expect(distance(widened)).toBeGreaterThan(0);
  const gpu = await exportOnnx({ outputs, parameters: checkpoint, target: 'webgpu' });
  expect(Buffer.from(gpu.bytes).includes('MatMulInteger')).toBe(false);
});

it('refuses damaged scales when it is opened on an engine', async () => {
  const checkpoint = await openCheckpoint(bytesSource(Uint8Array.from(int8)));
  const name = 'decoder.layers.1.mlp.fc1.weight';
  const { int8: stored } = checkpoint.tensors.get(name)!;
  const bytes = Uint8Array.from(int8);
  new DataView(bytes.buffer).setFloat32(stored!.scales.offset + 4, Number.NaN, true);
  const damaged = await openCheckpoint(bytesSource(bytes));
  await expect(run(damaged, {})).rejects.toMatchObject({
    code: 'BAD_CHECKPOINT',
    message: expect.stringContaining(`"${name}" has NaN as scale 1`),
  });
});
