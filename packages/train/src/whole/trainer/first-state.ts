import type { ModelParameters } from '@facexformer/autodiff';
import type { Checkpoint, PluginCheckpoint } from '@facexformer/core';
import { createBatches } from '../batch/batches.js';
import type { SetRows } from '../batch/set-sampler.js';
import type { StepPlan } from '../plan/plan.js';
import { type Balance, balanceLogits } from './balance.js';
import { facesIn } from './open-sets.js';
import { startFromPriors } from './priors.js';
import { checkpointState, initialState, type TrainingState } from './state.js';

/** Batches whose targets tell the priors. */
const PRIOR_BATCHES = 40;

/** What a new run starts from. */
export interface Beginning {
  /** Weights to start from instead of noise, written by a run with the same `balance` and seed. */
  readonly from?: Checkpoint | undefined;
  /** Plug-ins that go with `from`, as such a run writes them beside the model; others start fresh. */
  readonly fromPlugins?: readonly PluginCheckpoint[] | undefined;
}

/** Where a new run starts: at the weights of `from`, or at noise that answers what is right on average. */
export async function firstState(
  { from, fromPlugins = [], balance = {} }: Beginning & { readonly balance?: Balance },
  plan: StepPlan,
  parameters: ModelParameters,
  sets: readonly SetRows[],
): Promise<TrainingState> {
  const state = from
    ? await checkpointState(from, fromPlugins, parameters, plan)
    : initialState(parameters, plan.seed);
  if (from) {
    state.parameters.set(balanceLogits(state.parameters, parameters, plan, facesIn(sets), balance, -1));
  } else {
    const batchOf = createBatches(plan, sets);
    startFromPriors(
      state.parameters,
      parameters,
      plan,
      Array.from({ length: PRIOR_BATCHES }, (_, i) => batchOf(i)),
    );
  }
  state.average.set(state.parameters);
  return state;
}
