import { demand, FUNCTION, having, kind, OBJECT, oneOf, tagOf } from '../base/arguments.js';
import { narrow } from '../formats/dtype.js';
import { sha256 } from '../formats/sha256.js';
import { writeSafetensors } from '../formats/write-safetensors.js';
import type { Checkpoint, CheckpointInfo } from './checkpoint.js';
import { INFO_KEY } from './info.js';

const MAP = kind('a map of names', (value) => tagOf(value) === 'Map');

/** How weights are stored; half precision halves the file and is widened when a model is opened. */
export type StoredPrecision = 'F32' | 'F16';

/**
 * A checkpoint in our format as chunks of bytes, with one tensor in memory at a time. Every tensor is read twice, since
 * the hash of the contents precedes them.
 * @throws what reading `tensors` throws.
 */
export async function* saveCheckpoint(
  info: CheckpointInfo,
  tensors: Pick<Checkpoint, 'read'> & {
    readonly tensors: ReadonlyMap<string, { readonly shape: readonly number[] }>;
  },
  precision: StoredPrecision = 'F32',
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
  const plan = [...tensors.tensors].map(([name, { shape }]) => ({ name, dtype: precision, shape }));
  const read = async (name: string): Promise<ArrayBufferView> => {
    const values = await tensors.read(name);
    return precision === 'F16' ? narrow(values) : values;
  };
  const hash = sha256();
  for (const { name } of plan) {
    const { buffer, byteOffset, byteLength } = await read(name);
    hash.add(new Uint8Array(buffer, byteOffset, byteLength));
  }
  const hashed: CheckpointInfo = { ...info, contentHash: `sha256:${hash.digest()}` };
  yield* writeSafetensors(plan, read, { [INFO_KEY]: JSON.stringify(hashed) });
}
