import type { Rows } from '../../packages/train/src/whole/batch/set-sampler.js';
import type { TrainingPlan } from '../../packages/train/src/whole/plan/plan.js';
import { planOf } from '../../packages/train/src/whole/recipe/recipe.js';
import { equalLatency } from './equal-latency.js';
import type { Settings } from './settings.js';
import type { Variant } from './variant.js';

/** What a variant trains, on what. */
export interface VariantPlan {
  readonly plan: TrainingPlan;
  readonly rows: Rows;
}

/** The base's plan. */
export const basePlan = ({ recipe, size }: Settings, seed: number): TrainingPlan =>
  planOf({ ...recipe, seed }, { size });

/** A variant's plan, from the base's; measures latencies if its backbone has yet to be found. */
export async function planVariant(variant: Variant, settings: Settings, seed: number): Promise<VariantPlan> {
  const rows = variant.rows?.(settings.rows) ?? settings.rows;
  const plan = basePlan(settings, seed);
  const { change = (same) => same, family } = variant;
  if (!family) return { plan: change(plan), rows };
  const { backbone } = await equalLatency(family, plan, settings);
  return { plan: change({ ...plan, model: { ...plan.model, backbone } }), rows };
}
