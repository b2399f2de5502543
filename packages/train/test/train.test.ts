import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesSource, openCheckpoint, VOCABULARIES } from '@facexformer/core';
import { nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TileIndex } from '../src/data/prepare.js';
import type { FaceLabels } from '../src/data/record.js';
import { planSlots, type StepPlan } from '../src/step/step.js';
import { bySteps } from '../src/trainer/schedule.js';
import { loadState } from '../src/trainer/state.js';
import { type TrainOptions, train } from '../src/trainer/train.js';

const tasks = allTasks();
const plan: StepPlan = {
  model: {
    backbone: { family: 'convnet', stem: 4, widths: [8, 8, 8, 8], depths: [1, 1, 1, 1], expand: 0 },
    decoder: { dim: 16, heads: 2, mlpDim: 16, depth: 1 },
    tasks: tasks.map(({ name, tokens }) => ({ name, tokens })),
    input: { height: 32, width: 32 },
    normalization: { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    crop: { margin: 0.25, square: true },
  },
  tasks,
  vocabularies: VOCABULARIES,
  shape: { batch: 4, masks: 2, size: 32, ageCentres: [4.5, 14.5, 24.5, 34.5, 44.5, 54.5, 64.5, 75] },
  seed: 3,
  weights: {},
  weightDecay: 0.01,
  clip: 1,
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'train-'));
  const side = 24;
  const tiles = (set: string, split: string, masks: boolean, labels: Omit<FaceLabels, 'image'>): void => {
    const bytes = side * side * (masks ? 4 : 3);
    const faces = [0, 1, 2].map((i) => ({ image: `${i}`, ...labels }));
    const index: TileIndex = { side, masks, faces };
    writeFileSync(join(folder, `${set}-${split}.json`), JSON.stringify(index));
    writeFileSync(
      join(folder, `${set}-${split}.bin`),
      new Uint8Array(bytes * 3).map((_, i) => (i * 7) % 11),
    );
  };
  for (const split of ['train', 'val']) {
    tiles('masks', split, true, { mask: true });
    tiles('ages', split, false, {
      age: 31,
      gender: 1,
      race: 2,
      points: Array.from({ length: 136 }, (_, i) => 0.2 + (0.6 * ((i * 37) % 136)) / 136),
      pose: { yaw: 5, pitch: 0, roll: -3 },
    });
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

const options = (run: string, more: Partial<TrainOptions> = {}): TrainOptions => ({
  plan,
  runtime: nodeRuntime({ device: 'cpu', threads: 1 }),
  cache: folder,
  sets: [
    { set: 'masks', rows: 2 },
    { set: 'ages', rows: 2 },
  ],
  folder: join(folder, run),
  schedule: { peak: 1e-2, warmUpSteps: 2, progress: bySteps(6) },
  saveEvery: 1e9,
  validateEvery: 1e9,
  provenance: { name: 'test', trained: true, source: 'noise', licence: 'MIT' },
  ...more,
});

const count = planSlots(plan).reduce((sum, { length }) => sum + length, 0);
const stateOf = (run: string) => loadState(join(folder, run, 'state.bin'), count);

it('goes on bit for bit where it stopped', async () => {
  await train(options('straight'));
  await train(options('broken', { stopAt: 0.5 }));
  const half = await stateOf('broken');
  expect(half.step).toBe(3);
  await train(options('broken'));
  const [straight, broken] = [await stateOf('straight'), await stateOf('broken')];
  expect(straight.step).toBe(6);
  expect(Buffer.from(broken.parameters.buffer, 24).equals(Buffer.from(straight.parameters.buffer, 24))).toBe(
    true,
  );
  expect(half.parameters).not.toEqual(straight.parameters);
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

it('refuses the state of another model', async () => {
  await expect(loadState(join(folder, 'straight', 'state.bin'), count + 1)).rejects.toThrow(
    'no state of this model',
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
