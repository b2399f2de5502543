import type { ModelParameters } from '@facexformer/autodiff';
import type { Runtime } from '@facexformer/core';
import { openGraph } from '../../engine/open-graph.js';
import { createStepper, stepSettings } from '../../engine/stepper.js';
import type { Vectors } from '../../engine/vectors.js';
import type { Batch } from '../batch/batch.js';
import type { StepPlan } from '../plan/plan.js';
import { stepGraph } from '../plan/step.js';

/** What one optimiser step says of itself. */
export interface StepResult {
  /** In the order of `lossNames`. */
  readonly losses: Float32Array;
  /** Norm of the gradient before clipping. When it is not finite, the step changed nothing. */
  readonly norm: number;
}

/** A step under way. */
export interface RunningStep {
  /** When the batch has been handed over: until then, other work of this thread would hold it up. Never rejects. */
  readonly taken: Promise<void>;
  readonly result: Promise<StepResult>;
}

/** Holds the training state and moves it step by step. */
export interface StepEngine {
  /**
   * Takes a step.
   * @param step number of the step, from 1
   */
  step(batch: Batch, step: number, rate: number): RunningStep;
  /** The state after the last step. */
  vectors(): Promise<Vectors>;
  /** Frees what the engine holds. */
  dispose(): Promise<void>;
}

/** Prepares the steps of a plan, from a given state. */
export type OpenEngine = (
  plan: StepPlan,
  parameters: ModelParameters,
  vectors: Vectors,
) => Promise<StepEngine>;

/** Decay of the moving average at a step: short at first, so that the random start is forgotten. */
const averageShare = (step: number): number => Math.max(1 / 500, 1 / (step / 5 + 10));

/** The settings of a step, which is counted from 1. */
export const settingsOf = (step: number, rate: number): Float32Array =>
  stepSettings(step, rate, averageShare(step - 1));

/** Steps as one ONNX graph on a runtime: the reference. */
export const runtimeEngine =
  (runtime: Runtime): OpenEngine =>
  async (plan, parameters, start) => {
    const session = await openGraph(runtime, stepGraph(plan, parameters));
    const stepper = createStepper(session, start);
    return {
      step: (batch, step, rate) => ({
        taken: Promise.resolve(),
        result: stepper
          .step(batch, settingsOf(step, rate))
          .then(({ norm, losses }) => ({ norm: norm!.data[0]!, losses: losses!.data })),
      }),
      vectors: async () => stepper.vectors(),
      dispose: () => session.dispose(),
    };
  };
