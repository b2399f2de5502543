import type { ParameterSlot } from '../../packages/train/src/step/parameters.js';
import type { StepPlan } from '../../packages/train/src/step/step.js';
import type { Batch } from '../../packages/train/src/trainer/batch.js';
import { startFromPriors } from '../../packages/train/src/trainer/priors.js';
import { initialState, type TrainingState } from '../../packages/train/src/trainer/state.js';
import type { Variant } from './variant.js';

/** Fresh weights with every head at the mean target, as the trainer starts; so do heads with a mean of their own. */
export function startOf(
  { seed }: StepPlan,
  { forms = {} }: Variant,
  slots: readonly ParameterSlot[],
  batches: readonly Batch[],
): TrainingState {
  const state = initialState(slots, seed);
  startFromPriors(state.parameters, slots, batches);
  for (const { name, start, length } of slots) {
    const task = /^tasks\.(\w+)\.mean\.bias$/.exec(name)?.[1];
    if (!task) continue;
    const sums = new Float64Array(length);
    let total = 0;
    for (const batch of batches) {
      const { dims, data } = batch[task]!;
      batch[`${task}Weight`]!.data.forEach((weight, row) => {
        const target = data.subarray(row * dims[1]!, (row + 1) * dims[1]!);
        const values = forms[task]?.encode(target) ?? target;
        total += weight;
        for (let i = 0; i < length; i += 1) sums[i]! += weight * values[i]!;
      });
    }
    if (total > 0)
      state.parameters.set(
        sums.map((sum) => sum / total),
        start,
      );
  }
  state.average.set(state.parameters);
  return state;
}
