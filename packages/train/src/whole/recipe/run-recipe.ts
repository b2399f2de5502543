import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Runtime } from '@facexformer/core';
import { writeFile } from '@facexformer/files';
import { bySeconds, bySteps } from '../../engine/schedule.js';
import { prepareSet } from '../tiles/prepare.js';
import { type TrainOptions, train } from '../trainer/train.js';
import { curves } from './log-curves.js';
import { planOf, type Recipe } from './recipe.js';

/** Where a recipe finds its data and leaves its run. */
export interface RunRecipeOptions
  extends Pick<
    TrainOptions,
    'engine' | 'cache' | 'folder' | 'from' | 'fromPlugins' | 'onProgress' | 'signal'
  > {
  /** Decodes the photos, validates, and takes the steps. */
  readonly runtime: Runtime<string | Uint8Array>;
  /** A folder of sets, as the README of @facexformer/data describes it, with the splits `train` and `val`. */
  readonly faces: string;
  /** Called when a set is being prepared. */
  readonly onPrepare?: (set: string, split: string) => void;
}

/**
 * From a folder of faces to a checkpoint: prepares the sets, trains phase by phase, draws `curves.svg`.
 * @returns path of the checkpoint
 * @throws {FaceXFormerError} `BAD_CHECKPOINT` when the folder holds a run of another recipe, `MISSING_TENSOR` or
 *   `BAD_TENSOR` when `from` is another model, `LOCKED`, `WRITE_FAILED`, `ABORTED`, `RUNTIME`.
 */
export async function runRecipe(recipe: Recipe, options: RunRecipeOptions): Promise<string> {
  const { folder, onPrepare } = options;
  const { batch, phases, optimizer, length, balance, info } = recipe;
  const tasks = [...recipe.tasks, ...recipe.plugins];
  for (const { set } of batch) {
    for (const split of ['train', 'val']) {
      onPrepare?.(set, split);
      await prepareSet({ ...options, set, split, tasks });
    }
  }
  const draw = async (): Promise<void> => {
    const log = join(folder, 'log.jsonl');
    if (existsSync(log)) await writeFile(join(folder, 'curves.svg'), curves(await readFile(log, 'utf8')));
  };
  let path = '';
  try {
    for (const phase of phases) {
      path = await train({
        ...options,
        plan: planOf(recipe, phase),
        sets: phase.batch,
        schedule: {
          peak: optimizer.peak,
          warmUpSteps: optimizer.warmUpSteps,
          progress: 'steps' in length ? bySteps(length.steps) : bySeconds(length.hours * 3600),
        },
        stopAt: phase.until,
        augment: phase.augment,
        balance,
        saveEvery: 60,
        validateEvery: 600,
        provenance: info.provenance,
      });
      await draw();
    }
  } finally {
    await draw();
  }
  return path;
}
