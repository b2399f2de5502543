import { readFile } from 'node:fs/promises';
import { initialVector, type ModelParameters } from '@facexformer/autodiff';
import { type Checkpoint, FaceXFormerError } from '@facexformer/core';
import { writeFile } from '@facexformer/files';
import { unmoved, VECTORS, type Vectors } from '../../engine/vectors.js';

/** Everything that a run needs to go on. */
export interface TrainingState extends Vectors {
  /** Steps done. */
  readonly step: number;
  /** Wall-clock seconds spent so far. */
  readonly seconds: number;
}

const START = { step: 0, seconds: 0 };

/** Fresh weights, moments of zero. */
export const initialState = (parameters: ModelParameters, seed: number): TrainingState => ({
  ...START,
  ...unmoved(initialVector(parameters, seed)),
});

/**
 * The weights of a checkpoint, moments of zero.
 * @throws {FaceXFormerError} `MISSING_TENSOR`, or `BAD_TENSOR` for one that has another size in this model.
 */
export async function checkpointState(
  checkpoint: Checkpoint,
  { slots, length: count }: ModelParameters,
): Promise<TrainingState> {
  const vector = new Float32Array(count);
  for (const { name, shape, start, length } of slots) {
    const values = await checkpoint.read(name);
    if (values.length !== length) {
      const message = `"${name}" has ${values.length} values in the checkpoint, this model needs [${shape}]`;
      throw new FaceXFormerError('BAD_TENSOR', message, { details: { name } });
    }
    vector.set(values, start);
  }
  return { ...START, ...unmoved(vector) };
}

/**
 * Writes the state so that a kill at any moment leaves either the old file or the new one.
 * @throws {FaceXFormerError} `WRITE_FAILED`.
 */
export const saveState = (path: string, state: TrainingState): Promise<void> =>
  writeFile(path, [
    Float64Array.of(state.step, state.seconds, state.parameters.length),
    ...VECTORS.map((name) => state[name]),
  ]);

/**
 * Reads a state that fits the model.
 * @throws {FaceXFormerError} `BAD_CHECKPOINT` when the file is of another model or damaged.
 */
export async function loadState(path: string, count: number): Promise<TrainingState> {
  const { buffer, byteOffset, byteLength } = await readFile(path);
  const bytes = buffer.slice(byteOffset, byteOffset + byteLength);
  const [step = 0, seconds = 0, stored = -1] =
    byteLength >= 24 ? new Float64Array(bytes, 0, 3) : ([] as readonly number[]);
  if (stored !== count || byteLength !== 24 + 16 * count) {
    throw new FaceXFormerError(
      'BAD_CHECKPOINT',
      `${path} is not a state of this model: it holds ${stored} parameters, expected ${count}`,
    );
  }
  const [parameters, first, second, average] = VECTORS.map(
    (_, i) => new Float32Array(bytes, 24 + 4 * count * i, count),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  return { step, seconds, parameters, first, second, average };
}
