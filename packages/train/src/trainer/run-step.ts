import type { Session } from '@facexformer/core';
import { corrections } from '../step/adam.js';
import type { Batch } from './batch.js';
import type { TrainingState } from './state.js';

/** What one optimiser step leaves. */
export interface StepResult {
  readonly state: TrainingState;
  /** In the order of `LOSS_NAMES`. */
  readonly losses: Float32Array;
  readonly norm: number;
}

/** Decay of the moving average at a step: short at first, so that the random start is forgotten. */
const averageShare = (step: number): number => Math.max(1 / 500, 1 / (step / 5 + 10));

/** Runs the step graph once; undefined when the gradient is not finite. */
export async function runStep(
  session: Session,
  batch: Batch,
  state: TrainingState,
  rate: number,
  seconds: number,
): Promise<StepResult | undefined> {
  const step = state.step + 1;
  const vector = (data: Float32Array) => ({ dims: [data.length], data });
  const outputs = await session.run({
    ...batch,
    parameters: vector(state.parameters),
    first: vector(state.first),
    second: vector(state.second),
    average: vector(state.average),
    settings: vector(Float32Array.of(rate, ...corrections(step), averageShare(step))),
  });
  const norm = outputs.norm!.data[0]!;
  if (!Number.isFinite(norm)) return undefined;
  return {
    norm,
    losses: outputs.losses!.data,
    state: {
      step,
      seconds,
      parameters: outputs.nextParameters!.data,
      first: outputs.nextFirst!.data,
      second: outputs.nextSecond!.data,
      average: outputs.nextAverage!.data,
    },
  };
}
