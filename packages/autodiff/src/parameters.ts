import {
  constant,
  type Initial,
  input,
  type ParameterFactory,
  reshape,
  scaled,
  sizeOf,
  slice,
  type Value,
} from '@facexformer/core/graph';
import { normal, random } from '@facexformer/statistics';

/** A parameter as a model declares it. */
export interface DeclaredParameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initial: Initial;
}

/** A trained parameter: a part of the flat parameter vector. */
export interface ParameterSlot extends DeclaredParameter {
  readonly start: number;
  readonly length: number;
}

/** All parameters of a model in the order in which they are declared. */
export interface ModelParameters {
  readonly slots: readonly ParameterSlot[];
  /** Those that keep their start. */
  readonly frozen: readonly DeclaredParameter[];
  /** Length of the flat vector. */
  readonly length: number;
}

/** Collects what a model declares, each name once. */
export function collectParameters(build: (parameter: ParameterFactory) => void): ModelParameters {
  const slots = new Map<string, ParameterSlot>();
  const frozen = new Map<string, DeclaredParameter>();
  let start = 0;
  build((name, shape, initial = defaultInitial(shape)) => {
    const length = sizeOf(shape);
    if (initial.trained === false) frozen.set(name, { name, shape, initial });
    else if (!slots.has(name)) {
      slots.set(name, { name, shape, initial, start, length });
      start += length;
    }
    return constant(shape, new Float32Array(length));
  });
  return { slots: [...slots.values()], frozen: [...frozen.values()], length: start };
}

const defaultInitial = (shape: readonly number[]): Initial =>
  shape.length > 1 ? scaled(shape) : { start: 0 };

/** The feed `parameters` [P]. */
export const parameterVector = ({ length }: ModelParameters): Value => input('parameters', [length]);

/** Parameters as parts of one vector [P]: a value per slot. */
export const partsOf = (vector: Value, { slots }: ModelParameters): readonly Value[] =>
  slots.map(({ shape, start, length }) => reshape(slice(vector, 0, start, start + length), shape));

/** Start values of a parameter, which depend on its name and the seed alone. */
export function initialValues(
  { name, shape, initial: { start } }: DeclaredParameter,
  seed: number,
): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  if (typeof start === 'number') return values.fill(start);
  const draw = random(seed, hash(name));
  return values.map(() => normal(draw) * start.deviation);
}

const hash = (text: string): number => {
  let sum = 7;
  for (let i = 0; i < text.length; i += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(i)) | 0;
  return sum;
};

/** Gives the model the values of its slots, and constants for what is never trained. */
export function parametersFrom(
  parts: readonly Value[],
  { slots }: ModelParameters,
  seed: number,
): ParameterFactory {
  const byName = new Map(slots.map(({ name }, i) => [name, parts[i]!]));
  return (name, shape, initial = defaultInitial(shape)) =>
    byName.get(name) ?? constant(shape, initialValues({ name, shape, initial }, seed));
}

/** Start values of all slots in one vector [P]. */
export function initialVector({ slots, length }: ModelParameters, seed: number): Float32Array {
  const vector = new Float32Array(length);
  for (const slot of slots) vector.set(initialValues(slot, seed), slot.start);
  return vector;
}

/** Whether weight decay applies to a parameter: to all but vectors, unless it was declared otherwise. */
export const decays = ({ shape, initial }: DeclaredParameter): boolean => initial.decays ?? shape.length > 1;

/** The vector's tensors under their names, and those that were never trained, as a checkpoint wants them. */
export function namedTensors(
  vector: Float32Array,
  { slots, frozen }: ModelParameters,
  seed: number,
): {
  readonly tensors: ReadonlyMap<string, { readonly shape: readonly number[] }>;
  /** The values of a tensor. */
  read(name: string): Promise<Float32Array>;
} {
  const values = new Map<string, () => Float32Array>([
    ...slots.map(({ name, start, length }) => [name, () => vector.slice(start, start + length)] as const),
    ...frozen.map((parameter) => [parameter.name, () => initialValues(parameter, seed)] as const),
  ]);
  return {
    tensors: new Map([...slots, ...frozen].map(({ name, shape }) => [name, { shape }])),
    read: async (name) => values.get(name)!(),
  };
}
