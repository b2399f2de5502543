import { FaceXFormerError } from '../base/errors.js';
import type { ByteSource } from './byte-source.js';
import { readStored } from './dtype.js';
import { type StoredRange, type StoredWeight, ZERO_POINT } from './tensor-entry.js';

/** Name of the tensor that holds the scales of a weight in eight bits. */
export const scalesOf = (name: string): string => `${name}.scales`;

/**
 * The tensors of a file of ours, in which unsigned bytes are weights [outputs, inputs] in eight bits: stored transposed,
 * [inputs, outputs], as the integer product wants them, or part by part, [parts, inputs, outputs / parts], where a model
 * multiplies with parts of the outputs, such as queries, keys and values. A tensor beside them has one scale per output.
 * @throws {FaceXFormerError} `BAD_CHECKPOINT` for a weight whose scales are missing or of another form.
 */
export function joinScales(stored: ReadonlyMap<string, StoredRange>): ReadonlyMap<string, StoredWeight> {
  const tensors = new Map<string, StoredWeight>(stored);
  for (const [name, weight] of stored) {
    if (weight.dtype !== 'U8') continue;
    const { shape } = weight;
    if (shape.length !== 2 && shape.length !== 3)
      throw damaged(name, `is in int8, but has shape [${shape}] instead of two or three axes`);
    const [rows, inputs, parts = 1] = shape.toReversed() as [number, number, number?];
    const outputs = parts * rows;
    const scales = stored.get(scalesOf(name));
    if (scales?.dtype !== 'F32' || scales.shape.length !== 1 || scales.shape[0] !== outputs)
      throw damaged(name, `is in int8 without its ${outputs} scales in "${scalesOf(name)}"`);
    tensors.set(name, { ...weight, shape: [outputs, inputs], int8: { scales, parts } });
    tensors.delete(scalesOf(name));
  }
  return tensors;
}

/** @throws {FaceXFormerError} `BAD_CHECKPOINT` for a scale that is not a number above 0. */
export async function readScales(
  source: ByteSource,
  name: string,
  scales: StoredRange,
): Promise<Float32Array> {
  const values = await readStored(source, scales);
  const wrong = values.findIndex((scale) => !(scale > 0 && scale < Number.POSITIVE_INFINITY));
  if (wrong < 0) return values;
  throw damaged(name, `has ${values[wrong]} as scale ${wrong}, which must be a number above 0`);
}

/** A stored weight as float32; one in eight bits is widened, [outputs, inputs]. */
export async function readWeight(
  source: ByteSource,
  name: string,
  entry: StoredWeight,
): Promise<Float32Array> {
  if (!entry.int8) return readStored(source, entry);
  const scales = await readScales(source, name, entry.int8.scales);
  const bytes = await source.read(entry.offset, entry.byteLength);
  const inputs = entry.shape[1]!;
  const rows = scales.length / entry.int8.parts;
  const values = new Float32Array(bytes.length);
  for (const [output, scale] of scales.entries()) {
    const start = (output - (output % rows)) * inputs + (output % rows);
    for (let i = 0; i < inputs; i += 1)
      values[output * inputs + i] = (bytes[start + i * rows]! - ZERO_POINT) * scale;
  }
  return values;
}

const damaged = (name: string, what: string): FaceXFormerError =>
  new FaceXFormerError('BAD_CHECKPOINT', `tensor "${name}" ${what}: convert or download the file anew`, {
    details: { name },
  });
