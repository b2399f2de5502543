import { corrections } from '@facexformer/autodiff';
import type { RunOptions, Session, Tensor } from '@facexformer/core';
import type { Vectors } from './vectors.js';

/** Named tensors. */
type Tensors = Readonly<Record<string, Tensor>>;

/** Moves a training state step by step. */
export interface Stepper {
  /**
   * Takes a step; it changes nothing when its gradient is not finite.
   * @param feeds what the graph reads beside the state
   * @returns all outputs of the graph, among them `norm` [1] of the gradient before clipping
   */
  step(feeds: Tensors, settings: Float32Array, run?: RunOptions): Promise<Tensors>;
  /** The state after the last step. */
  vectors(): Vectors;
}

/**
 * The `settings` [4] of a step.
 * @param step its number, from 1
 * @param share of the new parameters in their moving average
 */
export const stepSettings = (step: number, rate: number, share: number): Float32Array =>
  Float32Array.of(rate, ...corrections(step), share);

const vector = (data: Float32Array): Tensor => ({ dims: [data.length], data });

/** Takes the steps of a graph that `adamStep` ends, opened as `session`, from `start`. */
export function createStepper(session: Session, start: Vectors): Stepper {
  let state = start;
  return {
    async step(feeds, settings, run) {
      const outputs = await session.run(
        {
          ...feeds,
          parameters: vector(state.parameters),
          first: vector(state.first),
          second: vector(state.second),
          average: vector(state.average),
          settings: vector(settings),
        },
        run,
      );
      if (Number.isFinite(outputs.norm!.data[0]!)) {
        state = {
          parameters: outputs.nextParameters!.data,
          first: outputs.nextFirst!.data,
          second: outputs.nextSecond!.data,
          average: outputs.nextAverage!.data,
        };
      }
      return outputs;
    },
    vectors: () => state,
  };
}
