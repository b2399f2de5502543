import type { CheckpointInfo } from '@facexformer/core';
import { constant, input, type ParameterFactory, reshape, slice, type Value } from '@facexformer/core/graph';
import { normal, random } from '../augment/random.js';

/** A named part of the flat parameter vector. */
export interface ParameterSlot {
  readonly name: string;
  readonly shape: readonly number[];
  readonly start: number;
  readonly length: number;
}

/** Fourier frequencies of positions are drawn once and never trained. */
const FROZEN = 'positionalEncoding.gaussian';

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, dim) => product * dim, 1);

/** Collects what a model declares, in order, each name once. */
export function parameterList(build: (parameter: ParameterFactory) => void): readonly ParameterSlot[] {
  const slots = new Map<string, ParameterSlot>();
  let start = 0;
  build((name, shape) => {
    if (!slots.has(name) && name !== FROZEN) {
      const length = sizeOf(shape);
      slots.set(name, { name, shape, start, length });
      start += length;
    }
    return constant(shape, new Float32Array(sizeOf(shape)));
  });
  return [...slots.values()];
}

/** The feed `parameters` [P]. */
export function parameterVector(slots: readonly ParameterSlot[]): Value {
  const last = slots.at(-1)!;
  return input('parameters', [last.start + last.length]);
}

/** Parameters as parts of one vector [P]: a value per slot. */
export const partsOf = (vector: Value, slots: readonly ParameterSlot[]): readonly Value[] =>
  slots.map(({ shape, start, length }) => reshape(slice(vector, 0, start, start + length), shape));

/** Gives the model the values of its slots, and constants for what is never trained. */
export function parametersFrom(
  parts: readonly Value[],
  slots: readonly ParameterSlot[],
  seed: number,
): ParameterFactory {
  const byName = new Map(slots.map(({ name }, i) => [name, parts[i]!]));
  return (name, shape) => byName.get(name) ?? constant(shape, initialValues(name, shape, seed));
}

const hash = (text: string): number => {
  let sum = 7;
  for (let i = 0; i < text.length; i += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(i)) | 0;
  return sum;
};

/** Start values by the kind of parameter that its name tells. */
export function initialValues(name: string, shape: readonly number[], seed: number): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  const draw = random(seed, hash(name));
  const kind = name.split('.').at(-1)!;
  const isNorm = /norm\d*\.weight$/i.test(name);
  if (kind === 'gain') return values.fill(0.2); // blocks start small: without normalisation depth amplifies
  if (kind === 'scale' || isNorm) return values.fill(1);
  if (kind === 'bias') return values;
  return values.map(() => normal(draw) * deviation(name, shape));
}

function deviation(name: string, shape: readonly number[]): number {
  if (name === FROZEN) return 1;
  if (name.startsWith('backbone.')) return 0.06; // standardised there: the size sets only how fast filters turn
  if (name.endsWith('.token')) return 0.5;
  const fanIn = name.includes('upscale') ? shape[0]! : sizeOf(shape.slice(1));
  if (/(taskSelfAttention|faceToTask)\.out\.weight$|mlp\.fc2\.weight$/.test(name))
    return 0.2 / Math.sqrt(fanIn);
  if (name.endsWith('fc3.weight')) return 0.3 / Math.sqrt(fanIn);
  return Math.sqrt((/fc[12]\.weight$/.test(name) ? 2 : 1) / fanIn);
}

/** Weight decay pulls at matrices only: 1 for each of their entries, else 0. */
export function decayMask(slots: readonly ParameterSlot[]): Float32Array {
  const mask = new Float32Array(slots.reduce((sum, { length }) => sum + length, 0));
  for (const slot of slots) if (decays(slot)) mask.fill(1, slot.start, slot.start + slot.length);
  return mask;
}

/** Whether weight decay pulls at a slot. */
export const decays = ({ name, shape }: ParameterSlot): boolean =>
  shape.length > 1 && !name.endsWith('.token');

/** The vector's tensors under their names, as a checkpoint wants them. */
export function namedTensors(
  vector: Float32Array,
  slots: readonly ParameterSlot[],
  model: CheckpointInfo['model'],
  seed: number,
): {
  readonly tensors: ReadonlyMap<string, { readonly shape: readonly number[] }>;
  read(name: string): Promise<Float32Array>;
} {
  const frozen = { shape: [2, model.decoder.dim / 2] };
  const byName = new Map(slots.map((slot) => [slot.name, slot]));
  return {
    tensors: new Map<string, { readonly shape: readonly number[] }>([...byName, [FROZEN, frozen]]),
    async read(name) {
      const slot = byName.get(name);
      if (!slot) return initialValues(name, frozen.shape, seed);
      return vector.slice(slot.start, slot.start + slot.length);
    },
  };
}
