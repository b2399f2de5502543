import { random } from '@facexformer/statistics';
import type { StepPlan } from '../plan/plan.js';
import type { Face } from '../tiles/tiles.js';
import { type Batch, emptyBatch, fillRow } from './batch.js';
import { createSetSampler, type SetRows } from './set-sampler.js';

/**
 * The batches of a run by the number of the step, from 0: they depend on it, the plan's seed and `strength` alone.
 * @param sets those with dense labels first
 * @param strength how far pictures are augmented, 0 (mirrored only) to 1
 */
export function createBatches(
  plan: StepPlan,
  sets: readonly SetRows[],
  strength = 1,
): (step: number) => Batch {
  const facesOf = createSetSampler(sets, plan.seed, plan.learners);
  return (step) => {
    const batch = emptyBatch(plan);
    const faces = facesOf(step);
    const others = faces.filter((face) => isWhole(plan, face));
    faces.forEach((face, row) => {
      const other = others[(row + 1) % others.length];
      fillRow(batch, row, face, plan, { draw: random(plan.seed, step, row), strength, other });
    });
    return batch;
  };
}

/** Sets that label hair, or every pixel, show them; many others are cropped to the face. */
const isWhole = ({ learners }: StepPlan, { labels }: Face): boolean =>
  learners.some(
    ({ task, learning }) =>
      (learning.evidence === 'surroundings' || learning.dense) && labels[task.name] !== undefined,
  );
