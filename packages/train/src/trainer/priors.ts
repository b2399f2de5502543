import type { ParameterSlot } from '../step/parameters.js';
import type { Batch } from './batch.js';

const logit = (share: number): number => {
  const inside = Math.min(Math.max(share, 0.01), 0.99);
  return Math.log(inside / (1 - inside));
};

/** From the mean target to the raw output that says just that. */
const LINKS: Readonly<Record<string, (mean: number) => number>> = {
  landmarks: (mean) => mean,
  headPose: (mean) => mean,
  visibility: logit,
  attributes: logit,
  age: (mean) => Math.log(Math.max(mean, 1e-3)),
  gender: (mean) => Math.log(Math.max(mean, 1e-3)),
  race: (mean) => Math.log(Math.max(mean, 1e-3)),
  expression: (mean) => Math.log(Math.max(mean, 1e-3)),
};

/**
 * Starts every head at the answer that is right on average, by its last bias, in place. Else the first hundreds of
 * steps teach the whole network a constant, and what tells faces apart drowns in it.
 */
export function startFromPriors(
  parameters: Float32Array,
  slots: readonly ParameterSlot[],
  batches: readonly Batch[],
): void {
  for (const [task, link] of Object.entries(LINKS)) {
    const slot = slots.find(({ name }) => name === `tasks.${task}.head.fc3.bias`);
    if (!slot) continue;
    const sums = new Float64Array(slot.length);
    let total = 0;
    for (const batch of batches) {
      batch[`${task}Weight`]!.data.forEach((weight, row) => {
        total += weight;
        for (let i = 0; i < slot.length; i += 1)
          sums[i]! += weight * batch[task]!.data[row * slot.length + i]!;
      });
    }
    if (total === 0) continue;
    sums.forEach((sum, i) => {
      parameters[slot.start + i] = link(sum / total);
    });
  }
}
