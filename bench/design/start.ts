import type { ModelParameters } from '@facexformer/autodiff';
import type { StepPlan } from '@facexformer/train';
import type { Batch } from '../../packages/train/src/whole/batch/batch.js';
import { startFromPriors } from '../../packages/train/src/whole/trainer/priors.js';
import { initialState, type TrainingState } from '../../packages/train/src/whole/trainer/state.js';
import type { Variant } from './variant.js';

/** Fresh weights with every head at the mean target, as the trainer starts; so do heads with a mean of their own. */
export function startOf(
  plan: StepPlan,
  { forms = {} }: Variant,
  parameters: ModelParameters,
  batches: readonly Batch[],
): TrainingState {
  const state = initialState(parameters, plan.seed);
  startFromPriors(state.parameters, parameters, plan, batches);
  for (const { name, start, length } of parameters.slots) {
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
