import type { FilePlace } from '../onnx/model-proto.js';
import type { Value } from '../value.js';

/** A parameter as it is stored, or rows of it. */
export type StoredParameter = Value & { readonly op: 'parameter' };

/** The parameter that a value addresses, directly or through a reshape. */
export function storedParameter(value: Value): StoredParameter | undefined {
  if (value.op === 'parameter') return value;
  const [inner] = value.inputs;
  return value.op === 'reshape' && inner?.op === 'parameter' ? inner : undefined;
}

/** Its part of the values of the whole parameter. */
export function view({ range }: StoredParameter, values: Float32Array): Float32Array {
  if (!range) return values;
  const width = values.length / range.stored[0]!;
  return values.subarray(range.start * width, range.end * width);
}

/** Bytes of the checkpoint's file, as the model refers to them. */
export const filePlace = (path: string, { offset, byteLength }: Omit<FilePlace, 'location'>): FilePlace => ({
  location: path.split(/[\\/]/).at(-1)!,
  offset,
  byteLength,
});
