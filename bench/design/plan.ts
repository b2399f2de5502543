import { planOf } from '../../packages/train/src/recipe/recipe.js';
import type { StepPlan } from '../../packages/train/src/step/step.js';
import type { Rows } from '../../packages/train/src/trainer/sampler.js';
import { equalLatency } from './equal-latency.js';
import type { Settings } from './settings.js';
import type { Variant } from './variant.js';

/** What a variant trains, on what. */
export interface VariantPlan {
  readonly plan: StepPlan;
  readonly rows: Rows;
}

/** The base's plan for the rows of a batch. */
export function basePlan({ recipe, size }: Settings, rows: Rows, seed: number): StepPlan {
  const plan = planOf({ ...recipe, seed }, { size, batch: rows });
  return { ...plan, shape: { ...plan.shape, masks: Math.max(1, plan.shape.masks) } };
}

/** A variant's plan, from the base's; measures latencies if its backbone has yet to be found. */
export async function planVariant(variant: Variant, settings: Settings, seed: number): Promise<VariantPlan> {
  const rows = variant.rows?.(settings.rows) ?? settings.rows;
  const plan = basePlan(settings, rows, seed);
  const { change = (same) => same, family } = variant;
  if (!family) return { plan: change(plan), rows };
  const { backbone } = await equalLatency(family, plan, settings);
  return { plan: change({ ...plan, model: { ...plan.model, backbone } }), rows };
}
