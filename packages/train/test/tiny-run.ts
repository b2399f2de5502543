import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VOCABULARIES } from '@facexformer/core';
import { nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';
import type { TileIndex } from '../src/data/prepare.js';
import type { FaceLabels } from '../src/data/record.js';
import type { StepPlan } from '../src/step/step.js';
import { bySteps } from '../src/trainer/schedule.js';
import type { TrainOptions } from '../src/trainer/train.js';

const tasks = allTasks();

/** A network that learns in seconds. */
export const tinyPlan: StepPlan = {
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

/** Two prepared sets of three made-up faces each. */
export function writeTiles(cache: string): void {
  mkdirSync(cache, { recursive: true });
  const side = 24;
  const tiles = (set: string, split: string, masks: boolean, labels: Omit<FaceLabels, 'image'>): void => {
    const bytes = side * side * (masks ? 4 : 3);
    const faces = [0, 1, 2].map((i) => ({ image: `${i}`, ...labels }));
    const index: TileIndex = { side, masks, faces };
    writeFileSync(join(cache, `${set}-${split}.json`), JSON.stringify(index));
    writeFileSync(
      join(cache, `${set}-${split}.bin`),
      new Uint8Array(bytes * 3).map((_, i) => (i * 7) % 11),
    );
  };
  for (const split of ['train', 'val']) {
    tiles('masks', split, true, { mask: true });
    tiles('ages', split, false, {
      age: 31,
      gender: 1,
      race: 2,
      attributes: Array.from({ length: 40 }, (_, i) => i % 2),
      points: Array.from({ length: 136 }, (_, i) => 0.2 + (0.6 * ((i * 37) % 136)) / 136),
      pose: { yaw: 5, pitch: 0, roll: -3 },
    });
  }
}

/** Six steps in the folder `run` beside the tiles. */
export const tinyOptions = (cache: string, run: string, more: Partial<TrainOptions> = {}): TrainOptions => ({
  plan: tinyPlan,
  runtime: nodeRuntime({ device: 'cpu', threads: 1 }),
  cache,
  sets: [
    { set: 'masks', rows: 2 },
    { set: 'ages', rows: 2 },
  ],
  folder: join(cache, run),
  schedule: { peak: 1e-2, warmUpSteps: 2, progress: bySteps(6) },
  saveEvery: 1e9,
  validateEvery: 1e9,
  provenance: { name: 'test', trained: true, source: 'noise', licence: 'MIT' },
  ...more,
});
