import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { initialValues, initialVector, type ModelParameters } from '@facexformer/autodiff';
import { type Checkpoint, FaceXFormerError, type PluginCheckpoint } from '@facexformer/core';
import { writeFile } from '@facexformer/files';
import { unmoved, VECTORS, type Vectors } from '../../engine/vectors.js';
import { pluginsOf, type TrainingPlan } from '../plan/plan.js';

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

/** Half precision moves a value by no more. */
const ROUNDING = 2e-3;

/**
 * The weights of a checkpoint and of plug-ins, moments of zero; plug-ins of the plan that are not among them start fresh.
 * @throws {FaceXFormerError} `MISSING_TENSOR`, `BAD_TENSOR` for one that has another size in this model, `BAD_OPTION` for
 * another seed than that of the checkpoint, which decides about weights that are never trained.
 */
export async function checkpointState(
  checkpoint: Checkpoint,
  plugins: readonly PluginCheckpoint[],
  parameters: ModelParameters,
  plan: Pick<TrainingPlan, 'tasks' | 'model' | 'seed'>,
): Promise<TrainingState> {
  const { slots, frozen } = parameters;
  for (const parameter of frozen) {
    const stored = await checkpoint.read(parameter.name);
    if (initialValues(parameter, plan.seed).some((value, i) => Math.abs(value - stored[i]!) > ROUNDING)) {
      throw new FaceXFormerError(
        'BAD_OPTION',
        `"${parameter.name}" of the checkpoint is not that of the recipe's "seed": start with the seed that it was trained with`,
        { details: { name: parameter.name } },
      );
    }
  }
  const vector = initialVector(parameters, plan.seed);
  const learnt = new Map(plugins.flatMap(({ tensors }) => [...tensors]));
  const isOfPlugin = (name: string): boolean =>
    pluginsOf(plan).some((task) => name.startsWith(`tasks.${task.name}.`));
  for (const { name, shape, start, length } of slots) {
    const isNew = isOfPlugin(name) && !learnt.has(name);
    if (isNew) continue;
    const values = learnt.get(name)?.data ?? (await checkpoint.read(name));
    if (values.length !== length) {
      const message = `"${name}" has ${values.length} values in the checkpoint, this model needs [${shape}]`;
      throw new FaceXFormerError('BAD_TENSOR', message, { details: { name } });
    }
    vector.set(values, start);
  }
  return { ...START, ...unmoved(vector) };
}

/** A state file: step, seconds and the number of parameters as float64, the vectors, and the SHA-256 of all of these. */
const HEADER = 24;
const HASH = 32;

const hashOf = (parts: readonly NodeJS.TypedArray[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/**
 * Writes the state so that a kill at any moment leaves either the old file or the new one.
 * @throws {FaceXFormerError} `WRITE_FAILED`.
 */
export function saveState(path: string, state: TrainingState): Promise<void> {
  const { step, seconds, parameters } = state;
  const parts = [Float64Array.of(step, seconds, parameters.length), ...VECTORS.map((name) => state[name])];
  return writeFile(path, [...parts, hashOf(parts)]);
}

/**
 * Reads a state that fits the model.
 * @throws {FaceXFormerError} `BAD_CHECKPOINT` when the file is of another model or damaged.
 */
export async function loadState(path: string, count: number): Promise<TrainingState> {
  const { buffer, byteOffset, byteLength } = await readFile(path);
  const refuse = (reason: string): never => {
    throw new FaceXFormerError('BAD_CHECKPOINT', `${path} is not a state of this model: ${reason}`);
  };
  const expected = HEADER + 4 * VECTORS.length * count + HASH;
  if (byteLength !== expected) refuse(`it has ${byteLength} bytes, ${count} parameters need ${expected}`);
  const bytes = buffer.slice(byteOffset, byteOffset + byteLength);
  const [step, seconds, stored] = new Float64Array(bytes, 0, 3) as Iterable<number> as [
    number,
    number,
    number,
  ];
  const vectors = VECTORS.map((_, i) => new Float32Array(bytes, HEADER + 4 * count * i, count)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const content = new Uint8Array(bytes, 0, expected - HASH);
  if (!hashOf([content]).equals(new Uint8Array(bytes, expected - HASH)))
    refuse('its hash differs, it is damaged');
  if (stored !== count) refuse(`it holds ${stored} parameters, expected ${count}`);
  const isCounted = Number.isSafeInteger(step) && step >= 0 && Number.isFinite(seconds) && seconds >= 0;
  if (!isCounted) refuse(`step ${step} after ${seconds} seconds`);
  if (!vectors.every((vector) => vector.every(Number.isFinite)))
    refuse('it holds numbers that are not finite');
  const [parameters, first, second, average] = vectors;
  return { step, seconds, parameters, first, second, average };
}
