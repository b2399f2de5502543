import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  bytesSource,
  classify,
  openCheckpoint,
  openPluginCheckpoint,
  type PluginCheckpoint,
  plugin,
} from '@facexformer/core';
import { assembleModel } from '@facexformer/core/model';
import { lockFile } from '@facexformer/files';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bySteps } from '../../../src/engine/schedule.js';
import { TILE_VERSION, type TileIndex } from '../../../src/whole/tiles/tile-index.js';
import { loadState } from '../../../src/whole/trainer/state.js';
import { type TrainOptions, train } from '../../../src/whole/trainer/train.js';
import { tinyOptions, tinyParameters, tinyPlan, writeTiles } from '../../tiny-run.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'train-'));
  writeTiles(folder);
});

afterAll(() => rmSync(folder, { recursive: true }));

const options = (run: string, more: Partial<TrainOptions> = {}): TrainOptions =>
  tinyOptions(folder, run, more);

const { length: count } = tinyParameters;
const stateOf = (run: string) => loadState(join(folder, run, 'state.bin'), count);

it('goes on bit for bit where it stopped', async () => {
  await train(options('straight'));
  await train(options('broken', { stopAt: 0.5 }));
  const half = await stateOf('broken');
  expect(half.step).toBe(3);
  await train(options('broken'));
  const [straight, broken] = [await stateOf('straight'), await stateOf('broken')];
  expect(straight.step).toBe(6);
  expect({ ...broken, seconds: 0 }).toEqual({ ...straight, seconds: 0 });
  expect(half.parameters).not.toEqual(straight.parameters);
});

it('leaves a part of the schedule alone once it is done', async () => {
  const first = options('parts', { stopAt: 0.5 });
  await train(first);
  await train(options('parts'));
  const whole = readFileSync(join(folder, 'parts', 'model.safetensors'));
  await train(first);
  expect(readFileSync(join(folder, 'parts', 'model.safetensors')).equals(whole)).toBe(true);
  expect(readFileSync(join(folder, 'parts', 'log.jsonl'), 'utf8').match(/"start"/g)).toHaveLength(2);
});

it('writes a checkpoint that opens, and a log', async () => {
  const path = await train(options('straight'));
  const checkpoint = await openCheckpoint(bytesSource(readFileSync(path)));
  expect(checkpoint.info.provenance.name).toBe('test');
  expect(await checkpoint.read('tasks.age.head.fc3.bias')).toHaveLength(8);
  const log = readFileSync(join(folder, 'straight', 'log.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const validation = log.map((line) => JSON.parse(line)).find(({ event }) => event === 'validation');
  expect(Object.keys(validation.metrics)).toContain('age.mae');
});

it('is the only one in its folder, and leaves its files and nothing else', async () => {
  const lock = await lockFile(join(folder, 'alone', 'state.bin'));
  await expect(train(options('alone'))).rejects.toMatchObject({ code: 'LOCKED' });
  await lock.release();
  await train(options('alone'));
  expect(readdirSync(join(folder, 'alone')).sort()).toEqual(['log.jsonl', 'model.safetensors', 'state.bin']);
});

it('refuses the state of another model', async () => {
  await expect(loadState(join(folder, 'straight', 'state.bin'), count + 1)).rejects.toThrow(
    'is not a state of this model',
  );
});

it('lowers the losses on faces that it sees again and again', async () => {
  await train(options('longer', { schedule: { peak: 1e-2, warmUpSteps: 5, progress: bySteps(60) } }));
  const lines = readFileSync(join(folder, 'longer', 'log.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const losses = lines.flatMap((line) => (line.losses ? [line.losses] : []));
  for (const name of ['parsing', 'age', 'race']) expect(losses.at(-1)[name]).toBeLessThan(losses[0][name]);
}, 60_000);

describe('starting from a checkpoint', () => {
  const opened = async (path: string) => openCheckpoint(bytesSource(readFileSync(path)));

  it('begins with its weights, whatever was taken off the attributes', async () => {
    const from = await opened(await train(options('source', { balance: { attributes: 0.4 } })));
    const schedule = { peak: 1e-2, warmUpSteps: 2, progress: () => 1 };
    const tuned = await opened(
      await train(options('tuned', { from, balance: { attributes: 0.4 }, schedule })),
    );
    for (const name of ['decoder.layers.0.mlp.fc1.weight', 'tasks.attributes.head.fc3.bias']) {
      const [before, after] = [await from.read(name), await tuned.read(name)];
      expect(Math.max(...after.map((value, i) => Math.abs(value - before[i]!)))).toBeLessThan(2e-3); // half precision
    }
  });

  it('refuses one of another seed, whose positional encoding it would replace', async () => {
    const from = await opened(await train(options('source')));
    const plan = { ...tinyPlan, seed: tinyPlan.seed + 1 };
    await expect(train(options('reseeded', { from, plan }))).rejects.toThrow('"positionalEncoding.gaussian"');
  });

  it('refuses one of another model', async () => {
    const from = await opened(await train(options('source')));
    const wider = {
      ...tinyPlan,
      model: { ...tinyPlan.model, decoder: { ...tinyPlan.model.decoder, mlpDim: 32 } },
    };
    await expect(train(options('wider', { from, plan: wider }))).rejects.toMatchObject({
      code: 'BAD_TENSOR',
      message: expect.stringContaining('mlp.fc1.weight'),
    });
  });
});

it('stops when asked to, with its state saved', async () => {
  const controller = new AbortController();
  const aborted = train(
    options('aborted', {
      schedule: { peak: 1e-2, warmUpSteps: 2, progress: bySteps(1000) },
      onProgress: () => controller.abort(),
      signal: controller.signal,
    }),
  );
  await expect(aborted).rejects.toMatchObject({ code: 'ABORTED' });
  expect((await stateOf('aborted')).step).toBe(10);
});

const hat = classify('hat', { id: 'hat@1', labels: ['no', 'yes'] });

/** Two faces, a dark one without and a bright one with a hat. */
function writeHats(): void {
  for (const split of ['train', 'val']) {
    const faces = ['no', 'yes'].map((label, i) => ({ image: `${i}`, labels: { hat: label }, weights: {} }));
    const index: TileIndex = { version: TILE_VERSION, tasks: ['hat'], side: 24, dense: [], faces };
    writeFileSync(join(folder, `hats-${split}.json`), JSON.stringify(index));
    writeFileSync(
      join(folder, `hats-${split}.bin`),
      Uint8Array.from({ length: 2 * 24 * 24 * 3 }, (_, i) => (i < 24 * 24 * 3 ? 20 : 230)),
    );
  }
}

it('trains a plug-in with the model, and writes it beside', async () => {
  writeHats();
  const plan = { ...tinyPlan, tasks: [...tinyPlan.tasks, hat] };
  const path = await train(options('plugged', { plan, sets: [{ set: 'hats', rows: 4 }] }));
  const model = await openCheckpoint(bytesSource(readFileSync(path)));
  expect([...model.tensors.keys()].some((name) => name.includes('hat'))).toBe(false);
  const bytes = readFileSync(join(folder, 'plugged', 'hat.safetensors'));
  const weights = await openPluginCheckpoint(bytesSource(bytes));
  expect(weights.info.base.contentHash).toBe(model.info.contentHash);
  expect(Object.keys(assembleModel(model, [plugin(hat, weights)]).outputs)).toEqual(['hat']);
  const goOn = async (name: string, fromPlugins: readonly PluginCheckpoint[]) => {
    const schedule = { peak: 1e-9, warmUpSteps: 1, progress: bySteps(1) }; // where it started, almost
    await train(
      options(name, { plan, from: model, fromPlugins, schedule, sets: [{ set: 'hats', rows: 4 }] }),
    );
    const file = readFileSync(join(folder, name, 'hat.safetensors'));
    const { tensors } = await openPluginCheckpoint(bytesSource(file));
    return tensors.get('tasks.hat.token')?.data;
  };
  const token = weights.tensors.get('tasks.hat.token')!.data;
  expect(await goOn('same hat', [weights])).toEqual(token);
  expect(await goOn('new hat', [])).not.toEqual(token);
});

it('trains and judges a task that it has never heard of', async () => {
  writeHats();
  const { model } = tinyPlan;
  const plan = { ...tinyPlan, tasks: [hat], model: { ...model, tasks: [{ name: 'hat', tokens: 1 }] } };
  const schedule = { peak: 1e-2, warmUpSteps: 5, progress: bySteps(40) };
  await train(options('hats', { plan, schedule, augment: 0, sets: [{ set: 'hats', rows: 4 }] }));
  const lines = readFileSync(join(folder, 'hats', 'log.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const { losses } = lines.map((line) => JSON.parse(line)).findLast((line) => line.losses);
  expect(Object.keys(losses)).toEqual(['hat']);
  expect(losses.hat).toBeLessThan(0.4);
});
