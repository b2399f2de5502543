import { testImage } from '@facexformer/test-utils/portable-image';
import { describe, expect, it } from 'vitest';
import { OFFICIAL_VOCABULARIES } from '../../src/checkpoint/official-vocabularies.js';
import { encodeSafetensors } from '../../src/formats/write-safetensors.js';
import {
  bytesSource,
  classify,
  createAnalyzer,
  defineTask,
  openCheckpoint,
  openPluginCheckpoint,
  type PluginCheckpoint,
  plugin,
  savePluginCheckpoint,
  type Task,
} from '../../src/index.js';
import { mlpHead } from '../../src/task/heads.js';
import { engine } from '../analyzer/engine.js';
import { base, pluginWeights } from './support.js';

const glasses = classify('glasses', { id: 'glasses@1', labels: ['none', 'plain', 'sun'] });
const gender = classify('gender', OFFICIAL_VOCABULARIES.gender);
const photo = testImage(3, 200, 150);
const weights = pluginWeights(glasses);

const open = (tasks: readonly Task[]) => createAnalyzer({ runtime: engine(), checkpoint: base(), tasks });
const stored = async (checkpoint: PluginCheckpoint) =>
  openPluginCheckpoint(bytesSource(await savePluginCheckpoint(checkpoint)));
const changed = (name: string, dims: readonly number[], value = 0.5): PluginCheckpoint => ({
  ...weights,
  tensors: new Map([
    ...weights.tensors,
    [name, { dims, data: new Float32Array(dims.reduce((a, b) => a * b)).fill(value) }],
  ]),
});

describe('plug-in checkpoint', () => {
  it('survives the way through a file', async () => {
    const { info, tensors } = await stored(weights);
    expect(info).toMatchObject(weights.info);
    expect([...tensors]).toEqual([...weights.tensors]);
  });

  it('leaves no file open, read or refused', async () => {
    let closed = 0;
    const counting = (bytes: Uint8Array) => ({
      ...bytesSource(bytes),
      close: async () => {
        closed += 1;
      },
    });
    await openPluginCheckpoint(counting(await savePluginCheckpoint(weights)));
    await expect(openPluginCheckpoint(counting(new Uint8Array(9)))).rejects.toMatchObject({
      code: 'BAD_CHECKPOINT',
    });
    expect(closed).toBe(2);
  });

  it('answers beside the tasks of the model, which it leaves bit-identical', async () => {
    const analyzer = await createAnalyzer({
      runtime: engine(),
      checkpoint: base(),
      tasks: [gender, plugin(glasses, await stored(weights))],
    });
    const { faces, raw } = await analyzer.analyzeRaw(photo);
    expect(Object.keys(faces[0]!.glasses.probabilities)).toEqual(['none', 'plain', 'sun']);
    expect(analyzer.draw(faces)[0]!.shapes.map((shape) => 'caption' in shape && shape.caption)).toEqual([
      'gender',
      'glasses',
    ]);
    const alone = await (await open([gender])).analyzeRaw(photo);
    expect(raw.gender!.data).toEqual(alone.raw.gender!.data);
  });

  it('refuses tasks of another version of the contract, naming the package to update', async () => {
    const of = (specificationVersion: number) => ({ ...glasses, specificationVersion }) as typeof glasses;
    expect(() => plugin(of(2), weights)).toThrow('version 2 of the task contract');
    expect(() => plugin(of(2), weights)).toThrow('update @facexformer/core');
    expect(() => plugin(of(0), weights)).toThrow('update the package of the task');
    const other = { ...gender, specificationVersion: 2 } as unknown as Task;
    await expect(open([other])).rejects.toMatchObject({ code: 'UNSUPPORTED' });
  });

  it('refuses another base unless told not to', async () => {
    const foreign = pluginWeights(glasses, `sha256:${'cd'.repeat(32)}`);
    await expect(open([plugin(glasses, foreign)])).rejects.toMatchObject({ code: 'WRONG_BASE' });
    const [face] = await (await open([plugin(glasses, foreign, { anyBase: true })])).analyze(photo);
    expect(face).toHaveProperty('glasses');
  });

  it('fits a copy of its base in another precision', async () => {
    const { info, ...rest } = base();
    const copy = { ...info, contentHash: `sha256:${'ef'.repeat(32)}`, convertedFrom: info.contentHash! };
    const tasks = [plugin(glasses, weights)] as const;
    const analyzer = await createAnalyzer({ runtime: engine(), checkpoint: { info: copy, ...rest }, tasks });
    expect((await analyzer.analyze(photo))[0]).toHaveProperty('glasses');
  });

  it('refuses clashing names, other tasks, other widths, and tensors that are missing, misshapen or unused', async () => {
    const age = classify('age', { id: 'age@1', labels: ['young', 'old'] });
    await expect(
      open([plugin(age, pluginWeights(defineTask({ ...age, name: 'age' })))]),
    ).rejects.toMatchObject({
      code: 'DUPLICATE_TASK',
    });
    expect(() => plugin(age, weights)).toThrow('task "glasses"');
    const wide = { ...weights, info: { ...weights.info, base: { ...weights.info.base, dim: 4096 } } };
    await expect(open([plugin(glasses, wide)])).rejects.toMatchObject({ code: 'BAD_TENSOR' });
    const fewer = new Map(weights.tensors);
    fewer.delete('tasks.glasses.head.fc2.bias');
    await expect(open([plugin(glasses, { ...weights, tensors: fewer })])).rejects.toMatchObject({
      code: 'MISSING_TENSOR',
    });
    await expect(open([plugin(glasses, changed('tasks.glasses.head.fc2.bias', [7]))])).rejects.toThrow(
      'expected [32]',
    );
    await expect(open([plugin(glasses, changed('tasks.glasses.extra', [7]))])).rejects.toThrow(
      'does not use',
    );
    await expect(open([glasses])).rejects.toThrow('plugin(task, checkpoint)');
  });

  it('refuses files that are damaged, foreign, too large or not finite', async () => {
    const bytes = await savePluginCheckpoint(weights);
    const flipped = bytes.slice();
    flipped[flipped.length - 1]! ^= 1;
    await expect(openPluginCheckpoint(bytesSource(flipped))).rejects.toThrow('damaged');
    await expect(
      openPluginCheckpoint(bytesSource(bytes.subarray(0, bytes.length - 4))),
    ).rejects.toMatchObject({
      code: 'BAD_CHECKPOINT',
    });
    await expect(openCheckpoint(bytesSource(bytes))).rejects.toThrow('is a plug-in');
    await expect(
      openPluginCheckpoint({ size: 2 ** 40, read: async () => new Uint8Array(0) }),
    ).rejects.toThrow('bytes are more');
    await expect(
      savePluginCheckpoint(changed('tasks.glasses.token', [1, 32], Number.NaN)),
    ).rejects.toMatchObject({ code: 'BAD_TENSOR' });
    const infinite = await encodeSafetensors(
      [
        {
          name: 'tasks.glasses.token',
          dtype: 'F32',
          shape: [1],
          data: Float32Array.of(Number.POSITIVE_INFINITY),
        },
      ],
      { 'facexformer-plugin': JSON.stringify(weights.info) },
    );
    await expect(openPluginCheckpoint(bytesSource(infinite))).rejects.toMatchObject({ code: 'BAD_TENSOR' });
    const smuggled = await encodeSafetensors(
      [{ name: 'tasks.age.token', dtype: 'F32', shape: [1], data: Float32Array.of(1) }],
      { 'facexformer-plugin': JSON.stringify(weights.info) },
    );
    await expect(openPluginCheckpoint(bytesSource(smuggled))).rejects.toThrow('does not belong');
    for (const metadata of [
      {},
      { 'facexformer-plugin': '{' },
      { 'facexformer-plugin': '{"formatVersion":1}' },
    ]) {
      const file = bytesSource(await encodeSafetensors([], metadata as Record<string, string>));
      await expect(openPluginCheckpoint(file)).rejects.toMatchObject({ code: 'BAD_CHECKPOINT' });
    }
  });
});

describe('a task that fails', () => {
  const failing = (error: unknown) =>
    defineTask({
      name: 'gender',
      tokens: 1,
      vocabulary: OFFICIAL_VOCABULARIES.gender,
      head: (context) => mlpHead(context, 2),
      decode: (): { readonly label: string } => {
        throw error;
      },
    });

  it('costs its own result only, with a typed error where it would have been', async () => {
    const analyzer = await createAnalyzer({
      runtime: engine(),
      checkpoint: base(),
      tasks: [failing(new TypeError('no such thing')), plugin(glasses, weights)],
    });
    const [face] = await analyzer.analyze(photo);
    expect(face!.glasses.label).toBeDefined();
    const error = face!.errors?.gender;
    expect(error).toMatchObject({ code: 'TASK_FAILED', cause: { message: 'no such thing' } });
    expect(() => face!.gender.label).toThrow(error);
    expect(JSON.parse(JSON.stringify(face))).not.toHaveProperty('gender');
    expect({ ...face }).toHaveProperty('glasses');
    expect(analyzer.draw([face!])[0]!.shapes).toHaveLength(1);
  });

  it('draws nothing where drawing fails', async () => {
    const crooked = defineTask({
      ...failing(0),
      name: 'gender',
      decode: () => 1,
      draw: () => {
        throw 'not even an error';
      },
    });
    const analyzer = await open([crooked, plugin(glasses, weights)]);
    const [drawing] = analyzer.draw(await analyzer.analyze(photo));
    expect(drawing!.shapes.map(({ kind }) => kind)).toEqual(['label']);
    expect(drawing!.errors?.gender).toMatchObject({ code: 'TASK_FAILED' });
  });
});
