import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Checkpoint, FaceXFormerError } from '@facexformer/core';
import { initialValues, type ParameterSlot } from '../step/parameters.js';

/** What an optimiser step moves: parameters, Adam's two moments and the moving average, each [P]. */
export interface Vectors {
  readonly parameters: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly average: Float32Array;
}

/** Everything that a run needs to go on. */
export interface TrainingState extends Vectors {
  /** Steps done. */
  readonly step: number;
  /** Wall-clock seconds spent so far. */
  readonly seconds: number;
}

/** The vectors in the order in which they are stored. */
export const VECTORS = ['parameters', 'first', 'second', 'average'] as const;

/** Fresh weights, moments of zero. */
export function initialState(slots: readonly ParameterSlot[], seed: number): TrainingState {
  const count = slots.reduce((sum, { length }) => sum + length, 0);
  const parameters = new Float32Array(count);
  for (const { name, shape, start } of slots) parameters.set(initialValues(name, shape, seed), start);
  return unmoved(parameters);
}

/**
 * The weights of a checkpoint, moments of zero.
 * @throws {FaceXFormerError} `MISSING_TENSOR`, or `BAD_TENSOR` for one that has another size in this model.
 */
export async function checkpointState(
  checkpoint: Checkpoint,
  slots: readonly ParameterSlot[],
): Promise<TrainingState> {
  const parameters = new Float32Array(slots.reduce((sum, { length }) => sum + length, 0));
  for (const { name, shape, start, length } of slots) {
    const values = await checkpoint.read(name);
    if (values.length !== length) {
      const message = `"${name}" has ${values.length} values in the checkpoint, this model needs [${shape}]`;
      throw new FaceXFormerError('BAD_TENSOR', message, { details: { name } });
    }
    parameters.set(values, start);
  }
  return unmoved(parameters);
}

const unmoved = (parameters: Float32Array): TrainingState => ({
  step: 0,
  seconds: 0,
  parameters,
  first: new Float32Array(parameters.length),
  second: new Float32Array(parameters.length),
  average: parameters.slice(),
});

/** Writes the state so that a kill at any moment leaves either the old file or the new one. */
export async function saveState(path: string, state: TrainingState): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(`${path}.tmp`, 'w');
  await file.write(Float64Array.of(state.step, state.seconds, state.parameters.length));
  for (const name of VECTORS) await file.write(state[name]);
  await file.sync();
  await file.close();
  await rename(`${path}.tmp`, path);
}

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
      `${path} is no state of this model: it holds ${stored} parameters, expected ${count}`,
    );
  }
  const vector = (index: number): Float32Array => new Float32Array(bytes, 24 + 4 * count * index, count);
  return {
    step,
    seconds,
    parameters: vector(0),
    first: vector(1),
    second: vector(2),
    average: vector(3),
  };
}
