import { demand, FUNCTION, having, kind, OBJECT, oneOf, tagOf } from '../base/arguments.js';
import { narrow } from '../formats/dtype.js';
import { scalesOf } from '../formats/int8.js';
import { sha256 } from '../formats/sha256.js';
import { type TensorPlan, writeSafetensors } from '../formats/write-safetensors.js';
import { quantizeRows } from '../graph/lower/quantize.js';
import type { Checkpoint, CheckpointInfo } from './checkpoint.js';
import { INFO_KEY } from './info.js';

const MAP = kind('a map of names', (value) => tagOf(value) === 'Map');

/** How weights are stored; half precision halves the file and is widened when a model is opened. */
export type StoredPrecision = 'F32' | 'F16';

/** Tensors to be saved. */
type Tensors = Pick<Checkpoint, 'read'> & {
  readonly tensors: ReadonlyMap<string, { readonly shape: readonly number[] }>;
};

/**
 * A checkpoint in our format as chunks of bytes, with one tensor in memory at a time. Every tensor is read twice, since
 * the hash of the contents precedes them.
 * @param int8 weights [outputs, inputs] that are stored in eight bits instead, with the number of parts of their outputs,
 * as `int8Parameters` of `@facexformer/core/graph` gives them: a model answers as if they were rounded when it is opened
 * @throws what reading `tensors` throws.
 */
export async function* saveCheckpoint(
  info: CheckpointInfo,
  tensors: Tensors,
  precision: StoredPrecision = 'F32',
  int8: ReadonlyMap<string, number> = new Map(),
): AsyncGenerator<Uint8Array> {
  demand(
    info,
    having('the description of a model', { model: OBJECT, provenance: OBJECT }),
    'saveCheckpoint: info',
  );
  demand(
    tensors,
    having('tensors with read(name)', { tensors: MAP, read: FUNCTION }),
    'saveCheckpoint: tensors',
  );
  demand(precision, oneOf('F32', 'F16'), 'saveCheckpoint: precision');
  demand(int8, MAP, 'saveCheckpoint: int8');
  const plan = [...tensors.tensors].flatMap(([name, { shape }]): readonly TensorPlan[] =>
    int8.has(name) ? int8Plan(name, shape, int8.get(name)!) : [{ name, dtype: precision, shape }],
  );
  const read = readerOf(tensors, precision, int8);
  const hash = sha256();
  for (const { name } of plan) {
    const { buffer, byteOffset, byteLength } = await read(name);
    hash.add(new Uint8Array(buffer, byteOffset, byteLength));
  }
  const hashed: CheckpointInfo = { ...info, contentHash: `sha256:${hash.digest()}` };
  yield* writeSafetensors(plan, read, { [INFO_KEY]: JSON.stringify(hashed) });
}

/** A weight in eight bits and its scales, as `joinScales` reads them; a 1x1 convolution counts as a matrix. */
function int8Plan(
  name: string,
  [outputs = 1, inputs = 1]: readonly number[],
  parts: number,
): readonly TensorPlan[] {
  const shape = parts === 1 ? [inputs, outputs] : [parts, inputs, outputs / parts];
  return [
    { name, dtype: 'U8', shape },
    { name: scalesOf(name), dtype: 'F32', shape: [outputs] },
  ];
}

/** Reads tensors as they are stored. */
function readerOf(
  tensors: Tensors,
  precision: StoredPrecision,
  int8: ReadonlyMap<string, number>,
): (name: string) => Promise<ArrayBufferView> {
  let scales: Float32Array = new Float32Array(); // of the weight before
  return async (name) => {
    if (!tensors.tensors.has(name)) return scales;
    const values = await tensors.read(name);
    const parts = int8.get(name);
    if (parts === undefined) return precision === 'F16' ? narrow(values) : values;
    const [outputs = 1, inputs = 1] = tensors.tensors.get(name)!.shape;
    const rows = outputs / parts;
    const data = new Uint8Array(values.length);
    scales = new Float32Array(outputs);
    for (let start = 0; start < outputs; start += rows) {
      const part = values.subarray(start * inputs, (start + rows) * inputs);
      const rounded = quantizeRows(part, rows, inputs);
      data.set(rounded.data, start * inputs);
      scales.set(rounded.scales, start);
    }
    return data;
  };
}
