/** What an optimiser step moves: parameters, Adam's two moments and the moving average, each [P]. */
export interface Vectors {
  readonly parameters: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly average: Float32Array;
}

/** The vectors in the order in which they are stored. */
export const VECTORS = ['parameters', 'first', 'second', 'average'] as const;

/** Parameters before the first step: moments of zero, and an average that is the parameters. */
export const unmoved = (parameters: Float32Array): Vectors => ({
  parameters,
  first: new Float32Array(parameters.length),
  second: new Float32Array(parameters.length),
  average: parameters.slice(),
});
