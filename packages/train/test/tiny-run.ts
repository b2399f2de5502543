import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';
import { bySteps } from '../src/engine/schedule.js';
import { planParameters, planSteps, type TrainingPlan } from '../src/whole/plan/plan.js';
import { TILE_VERSION, type TileIndex } from '../src/whole/tiles/tile-index.js';
import type { TrainOptions } from '../src/whole/trainer/train.js';

const tasks = allTasks();

/** A network that learns in seconds. */
export const tinyPlan: TrainingPlan = {
  model: {
    backbone: { family: 'convnet', stem: 4, widths: [8, 8, 8, 8], depths: [1, 1, 1, 1], expand: 0 },
    decoder: { dim: 16, heads: 2, mlpDim: 16, depth: 1 },
    tasks: tasks.map(({ name, tokens }) => ({ name, tokens })),
    input: { height: 32, width: 32 },
    normalization: { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    crop: { margin: 0.25, square: true },
  },
  tasks,
  vocabularies: {},
  seed: 3,
  weights: {},
  weightDecay: 0.01,
  clip: 1,
};

/** Steps of four faces, the first two of which have masks. */
export const tinySteps = planSteps(tinyPlan, 4, { parsing: 2 });

export const tinyParameters = planParameters(tinyPlan);

const SIDE = 24;

/** Two prepared sets of three made-up faces each. */
export function writeTiles(cache: string): void {
  mkdirSync(cache, { recursive: true });
  const tiles = (
    set: string,
    split: string,
    dense: readonly string[],
    labels: Readonly<Record<string, unknown>>,
  ): void => {
    const bytes = SIDE * SIDE * (3 + dense.length);
    const faces = [0, 1, 2].map((i) => ({ image: `${i}`, labels, weights: {} }));
    const index: TileIndex = {
      version: TILE_VERSION,
      tasks: tasks.map(({ name }) => name),
      side: SIDE,
      dense,
      faces,
    };
    writeFileSync(join(cache, `${set}-${split}.json`), JSON.stringify(index));
    writeFileSync(
      join(cache, `${set}-${split}.bin`),
      new Uint8Array(bytes * 3).map((_, i) => (i * 7) % 11),
    );
  };
  for (const split of ['train', 'val']) {
    tiles('masks', split, ['parsing'], { parsing: true });
    tiles('ages', split, [], {
      age: 31,
      gender: 'female',
      race: 'Asian',
      attributes: Array.from({ length: 40 }, (_, i) => i % 2),
      landmarks: Array.from({ length: 136 }, (_, i) => SIDE * (0.2 + (0.6 * ((i * 37) % 136)) / 136)),
      headPose: { yaw: 5, pitch: 0, roll: -3 },
    });
  }
}

/** Six steps in the folder `run` beside the tiles. */
export const tinyOptions = (cache: string, run: string, more: Partial<TrainOptions> = {}): TrainOptions => ({
  plan: tinyPlan,
  runtime: nodeRuntime({ device: 'cpu', threads: 1 }),
  cache,
  sets: [
    { set: 'ages', rows: 2 },
    { set: 'masks', rows: 2 },
  ],
  folder: join(cache, run),
  schedule: { peak: 1e-2, warmUpSteps: 2, progress: bySteps(6) },
  saveEvery: 1e9,
  validateEvery: 1e9,
  provenance: { name: 'test', trained: true, source: 'noise', licence: 'MIT' },
  ...more,
});
