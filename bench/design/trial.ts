import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { planSlots } from '../../packages/train/src/step/step.js';
import { bySteps, learningRate } from '../../packages/train/src/trainer/schedule.js';
import { loadState, saveState } from '../../packages/train/src/trainer/state.js';
import { batchOf } from '../../packages/train/src/trainer/train.js';
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
  const slots = planSlots(planned.plan);
  const metrics = await measure(variant, planned.plan, slots, parameters, planned.rows, settings);
  rmSync(statePath(variant, planned, settings, seed), { force: true });
  return { parameters: parameters.length, ...trained, metrics };
}

/** Where a trial that is under way is kept. */
const statePath = (
  { name }: Variant,
  { plan: { shape } }: VariantPlan,
  { scratch, steps, size }: Settings,
  seed: number,
): string => join(scratch, `${name}-${seed}-${steps}-${size}-${shape.batch}.bin`);

/** Takes the steps; answers the averaged parameters. */
export async function trainVariant(
  variant: Variant,
  { plan, rows }: VariantPlan,
  settings: Settings,
  seed: number,
): Promise<{ parameters: Float32Array; secondsPerStep: number; skipped: number }> {
  const { recipe, steps, cache } = settings;
  const slots = planSlots(plan);
  const sets = await openSets(cache, rows, 'train', variant.teacher);
  const path = statePath(variant, { plan, rows }, settings, seed);
  const count = slots.reduce((sum, { length }) => sum + length, 0);
  const priors = Math.min(PRIOR_BATCHES, steps);
  const state = existsSync(path)
    ? await loadState(path, count)
    : startOf(
        plan,
        variant,
        slots,
        Array.from({ length: priors }, (_, i) => batchOf(plan, sets, i)),
      );
  const engine = await settings.engine(plan, slots, state);
  const { peak, warmUpSteps } = recipe.optimizer;
  const progress = bySteps(steps);
  const schedule = { peak, warmUpSteps: Math.min(warmUpSteps, steps / 5), progress };
  const begun = performance.now();
  let [skipped, saved, first] = [0, begun, begun];
  try {
    let batch = batchOf(plan, sets, state.step);
    for (let step = state.step; step < steps; step += 1) {
      const running = engine.step(batch, step + 1, learningRate(schedule, step, progress(step)));
      batch = batchOf(plan, sets, step + 1); // while the engine computes
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
    for (const { tiles } of sets) tiles.close();
  }
}
