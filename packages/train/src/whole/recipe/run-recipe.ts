import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checkpoint, RunOptions, Runtime } from '@facexformer/core';
import { writeFile } from '@facexformer/files';
import { bySeconds, bySteps } from '../../engine/schedule.js';
import { prepareSet } from '../tiles/prepare.js';
import type { OpenEngine } from '../trainer/engine.js';
import type { StepLine, ValidationLine } from '../trainer/log.js';
import { train } from '../trainer/train.js';
import { curves } from './curves.js';
import { planOf, type Recipe } from './recipe.js';

/** Where a recipe finds its data and leaves its run. */
export interface RunRecipeOptions extends RunOptions {
  /** Decodes the photos, validates, and takes the steps. */
  readonly runtime: Runtime<string | Uint8Array>;
  /** What takes the steps instead of `runtime`. */
  readonly engine?: OpenEngine | undefined;
  /** Folder of labelled faces in the format of `shared/faces`, with the splits `train` and `val`. */
  readonly faces: string;
  /** Folder for decoded faces, reused by later runs. */
  readonly cache: string;
  /** Folder of the run; a run that was stopped or killed goes on. */
  readonly folder: string;
  /** Weights that a new run starts from instead of noise, written by a recipe with the same `balance`. */
  readonly from?: Checkpoint | undefined;
  /** Called when a set is being prepared. */
  readonly onPrepare?: (set: string, split: string) => void;
  /** Called with every line of the log. */
  readonly onProgress?: (line: StepLine | ValidationLine) => void;
}

/**
 * From a folder of faces to a checkpoint: prepares the sets, trains phase by phase, draws `curves.svg`.
 * @returns path of the checkpoint
 * @throws {FaceXFormerError} `BAD_CHECKPOINT` when the folder holds a run of another recipe, `MISSING_TENSOR` or
 *   `BAD_TENSOR` when `from` is another model, `LOCKED`, `WRITE_FAILED`, `ABORTED`, `RUNTIME`.
 */
export async function runRecipe(recipe: Recipe, options: RunRecipeOptions): Promise<string> {
  const { runtime, engine, faces, cache, folder, from, onPrepare, onProgress, signal } = options;
  const { batch, phases, optimizer, length, balance, info, tasks } = recipe;
  for (const { set } of batch) {
    for (const split of ['train', 'val']) {
      onPrepare?.(set, split);
      await prepareSet({ faces, cache, set, split, tasks, runtime, signal });
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
