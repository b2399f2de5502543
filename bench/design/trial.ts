import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { planParameters } from '@facexformer/train';
import { bySteps, learningRate } from '../../packages/train/src/engine/schedule.js';
import { createBatches } from '../../packages/train/src/whole/batch/batches.js';
import { closeSets, planFor } from '../../packages/train/src/whole/trainer/open-sets.js';
import { loadState, saveState } from '../../packages/train/src/whole/trainer/state.js';
import { openSets } from './data.js';
import { measure } from './measure.js';
import { planVariant, type VariantPlan } from './plan.js';
import type { Settings } from './settings.js';
import { startOf } from './start.js';
import type { Variant } from './variant.js';

/** What came of one variant and seed. */
export interface TrialResult {
  readonly parameters: number;
  readonly secondsPerStep: number;
  /** Steps whose gradient was not finite; they changed nothing. */
  readonly skipped: number;
  readonly metrics: Readonly<Record<string, number>>;
}

const PRIOR_BATCHES = 40;
const SAVE_EVERY_MS = 120_000;

/** Trains one variant from scratch and measures it. A trial that was killed goes on from its last saved state. */
export async function trial(variant: Variant, settings: Settings, seed: number): Promise<TrialResult> {
  const planned = await planVariant(variant, settings, seed);
  const { parameters, ...trained } = await trainVariant(variant, planned, settings, seed);
  const metrics = await measure(variant, planned.plan, parameters, planned.rows, settings);
  rmSync(statePath(variant, planned, settings, seed), { force: true });
  return { parameters: parameters.length, ...trained, metrics };
}

/** Where a trial that is under way is kept. */
const statePath = (
  { name }: Variant,
  { rows }: VariantPlan,
  { scratch, steps, size }: Settings,
  seed: number,
): string => {
  const batch = rows.reduce((sum, set) => sum + set.rows, 0);
  return join(scratch, `${name}-${seed}-${steps}-${size}-${batch}.bin`);
};

/** Takes the steps; answers the averaged parameters. */
export async function trainVariant(
  variant: Variant,
  planned: VariantPlan,
  settings: Settings,
  seed: number,
): Promise<{ parameters: Float32Array; secondsPerStep: number; skipped: number }> {
  const { recipe, steps, cache } = settings;
  const parameters = planParameters(planned.plan);
  const sets = await openSets(cache, planned.rows, 'train', variant.teacher);
  const plan = planFor(planned.plan, sets);
  const batchOf = createBatches(plan, sets);
  const path = statePath(variant, planned, settings, seed);
  const priors = Math.min(PRIOR_BATCHES, steps);
  const state = existsSync(path)
    ? await loadState(path, parameters.length)
    : startOf(
        plan,
        variant,
        parameters,
        Array.from({ length: priors }, (_, i) => batchOf(i)),
      );
  const engine = await settings.engine(plan, parameters, state);
  const { peak, warmUpSteps } = recipe.optimizer;
  const progress = bySteps(steps);
  const schedule = { peak, warmUpSteps: Math.min(warmUpSteps, steps / 5), progress };
  const begun = performance.now();
  let [skipped, saved, first] = [0, begun, begun];
  try {
    let batch = batchOf(state.step);
    for (let step = state.step; step < steps; step += 1) {
      const { result: running } = engine.step(batch, step + 1, learningRate(schedule, step, progress(step)));
      batch = batchOf(step + 1); // while the engine computes
      if (!Number.isFinite((await running).norm)) skipped += 1;
      if (step === state.step) first = performance.now();
      if (performance.now() - saved > SAVE_EVERY_MS) {
        await saveState(path, { ...(await engine.vectors()), step: step + 1, seconds: 0 });
        saved = performance.now();
      }
    }
    const secondsPerStep = (performance.now() - first) / 1000 / Math.max(steps - state.step - 1, 1);
    return {
      parameters: (await engine.vectors()).average,
      secondsPerStep: Number(secondsPerStep.toPrecision(3)),
      skipped,
    };
  } finally {
    await engine.dispose();
    closeSets(sets);
  }
}
