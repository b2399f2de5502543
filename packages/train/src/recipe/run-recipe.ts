import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checkpoint, RunOptions, Runtime } from '@facexformer/core';
import { prepareSet } from '../data/prepare.js';
import type { OpenEngine } from '../trainer/engine.js';
import type { StepLine, ValidationLine } from '../trainer/log.js';
import { bySeconds, bySteps } from '../trainer/schedule.js';
import { train } from '../trainer/train.js';
import { curves } from './curves.js';
import { planOf, type Recipe } from './recipe.js';

/** Where a recipe finds its data and leaves its run. */
export interface RunRecipeOptions extends RunOptions {
  readonly runtime: Runtime;
  /** What takes the steps; by default `runtime` does. */
  readonly engine?: OpenEngine | undefined;
  /** Folder of labelled faces in the format of `shared/faces`, with the splits `train` and `val`. */
  readonly faces: string;
  /** Folder for decoded faces, reused by later runs. */
  readonly cache: string;
  /** Folder of the run; a run that was stopped or killed goes on. */
  readonly folder: string;
  /** Weights that a new run starts from instead of noise, written by a recipe with the same `balance`. */
  readonly from?: Checkpoint | undefined;
  /** Told when a set is being prepared, and of every line of the log. */
  readonly onPrepare?: (set: string, split: string) => void;
  /** Called with every line of the log. */
  readonly onProgress?: (line: StepLine | ValidationLine) => void;
}

/** Side of the cached tiles of the small pictures of FER2013, and of all others. */
const SMALL_TILE = 80;
const TILE = 160;

/**
 * From a folder of faces to a checkpoint: prepares the sets, trains phase by phase, draws `curves.svg`.
 * @returns path of the checkpoint
 * @throws {FaceXFormerError} `BAD_CHECKPOINT` when the folder holds a run of another recipe, `MISSING_TENSOR` or
 *   `BAD_TENSOR` when `from` is another model, `ABORTED`, `RUNTIME`.
 */
export async function runRecipe(recipe: Recipe, options: RunRecipeOptions): Promise<string> {
  const { runtime, engine, faces, cache, folder, from, onPrepare, onProgress, signal } = options;
  const { batch, phases, optimizer, length, balance, info } = recipe;
  for (const { set } of batch) {
    for (const split of ['train', 'val']) {
      onPrepare?.(set, split);
      await prepareSet(faces, cache, set, split, set === 'fer2013' ? SMALL_TILE : TILE, signal);
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
        plan: planOf(recipe, phase),
        runtime,
        engine,
        cache,
        sets: phase.batch,
        folder,
        from,
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
        ...(onProgress && { onProgress }),
        signal,
      });
      await draw();
    }
  } finally {
    await draw();
  }
  return path;
}
