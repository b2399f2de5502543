import type { Runtime } from '@facexformer/core';
import { corrections } from '../step/adam.js';
import type { ParameterSlot } from '../step/parameters.js';
import { type StepPlan, stepGraph } from '../step/step.js';
import type { Batch } from './batch.js';
import { openGraph } from './session.js';
import type { Vectors } from './state.js';

/** What one optimiser step says of itself. */
export interface StepResult {
  /** In the order of `LOSS_NAMES`. */
  readonly losses: Float32Array;
  /** Norm of the gradient before clipping. When it is not finite, the step changed nothing. */
  readonly norm: number;
}

/** Holds the training state and moves it step by step. */
export interface StepEngine {
  /**
   * Takes a step.
   * @param step number of the step, from 1
   */
  step(batch: Batch, step: number, rate: number): Promise<StepResult>;
  /** The state after the last step. */
  vectors(): Promise<Vectors>;
  /** Frees what the engine holds. */
  dispose(): Promise<void>;
}

/** Prepares the steps of a plan, from a given state. */
export type OpenEngine = (
  plan: StepPlan,
  slots: readonly ParameterSlot[],
  vectors: Vectors,
) => Promise<StepEngine>;

/** Decay of the moving average at a step: short at first, so that the random start is forgotten. */
const averageShare = (step: number): number => Math.max(1 / 500, 1 / (step / 5 + 10));

/** The `settings` of a step: learning rate, the two bias corrections, share of the new parameters in the average. */
export const stepSettings = (step: number, rate: number): Float32Array =>
  Float32Array.of(rate, ...corrections(step), averageShare(step - 1));

/** Steps as one ONNX graph on a runtime: the reference. */
export const runtimeEngine =
  (runtime: Runtime): OpenEngine =>
  async (plan, slots, start) => {
    const session = await openGraph(runtime, stepGraph(plan, slots));
    const vector = (data: Float32Array) => ({ dims: [data.length], data });
    let state = start;
    return {
      async step(batch, step, rate) {
        const outputs = await session.run({
          ...batch,
          parameters: vector(state.parameters),
          first: vector(state.first),
          second: vector(state.second),
          average: vector(state.average),
          settings: vector(stepSettings(step, rate)),
        });
        const norm = outputs.norm!.data[0]!;
        if (Number.isFinite(norm)) {
          state = {
            parameters: outputs.nextParameters!.data,
            first: outputs.nextFirst!.data,
            second: outputs.nextSecond!.data,
            average: outputs.nextAverage!.data,
          };
        }
        return { norm, losses: outputs.losses!.data };
      },
      vectors: async () => state,
      dispose: () => session.dispose(),
    };
  };
