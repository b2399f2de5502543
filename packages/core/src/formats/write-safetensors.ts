import { ANY_TEXT, demand, FUNCTION, having, kind, listOf, oneOf, TEXT, whole } from '../base/arguments.js';
import { FaceXFormerError } from '../base/errors.js';
import { isRecord } from '../base/record.js';
import { sizeOf } from '../base/tensor.js';
import { encodeUtf8 } from '../base/utf8.js';
import { BYTES_PER_VALUE } from './dtype.js';
import type { StoredDtype } from './tensor-entry.js';

/** A tensor to write; `data` holds its bytes in the stored dtype, little-endian. */
export interface StoredTensor {
  readonly name: string;
  readonly dtype: StoredDtype;
  readonly shape: readonly number[];
  readonly data: ArrayBufferView;
}

const VIEW = kind('a typed array', ArrayBuffer.isView);
const FIELDS = { name: TEXT, dtype: oneOf(...Object.keys(BYTES_PER_VALUE)), shape: listOf(whole(0)) };
const PLAN = having('{ name, dtype, shape }', FIELDS);
const STORED = having('{ name, dtype, shape, data }', { ...FIELDS, data: VIEW });
const TEXTS = kind('texts by name', (value) => isRecord(value) && Object.values(value).every(ANY_TEXT.fits));

/** A tensor to write without its values. */
export type TensorPlan = Omit<StoredTensor, 'data'>;

/**
 * A safetensors file in chunks: the header, then each tensor as `read` delivers it, so that a large model is never
 * held in memory twice. Tensor data starts at a multiple of 64 bytes.
 */
export async function* writeSafetensors(
  plan: readonly TensorPlan[],
  read: (name: string) => Promise<ArrayBufferView>,
  metadata: Readonly<Record<string, string>> = {},
): AsyncGenerator<Uint8Array> {
  demand(plan, listOf(PLAN), 'writeSafetensors: plan');
  demand(read, FUNCTION, 'writeSafetensors: read');
  demand(metadata, TEXTS, 'writeSafetensors: metadata');
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {};
  let offset = 0;
  for (const { name, dtype, shape } of plan) {
    const end = offset + sizeOf(shape) * BYTES_PER_VALUE[dtype];
    header[name] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const json = encodeUtf8(JSON.stringify(header));
  const padded = new Uint8Array(Math.ceil((8 + json.length) / 64) * 64).fill(0x20); // spaces after the JSON
  new DataView(padded.buffer).setBigUint64(0, BigInt(padded.length - 8), true);
  padded.set(json, 8);
  yield padded;
  for (const { name, dtype, shape } of plan) {
    const { buffer, byteOffset, byteLength } = demand(
      await read(name),
      VIEW,
      `tensor "${name}"`,
      'BAD_TENSOR',
    );
    if (byteLength !== sizeOf(shape) * BYTES_PER_VALUE[dtype]) {
      throw new FaceXFormerError(
        'BAD_TENSOR',
        `tensor "${name}" has ${byteLength} bytes, which do not fill ${dtype} [${shape}]`,
      );
    }
    yield new Uint8Array(buffer, byteOffset, byteLength);
  }
}

/** A small safetensors file in one piece. */
export async function encodeSafetensors(
  tensors: readonly StoredTensor[],
  metadata?: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  demand(tensors, listOf(STORED), 'encodeSafetensors: tensors');
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor.data]));
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeSafetensors(tensors, async (name) => byName.get(name)!, metadata))
    chunks.push(chunk);
  const joined = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.byteLength;
  }
  return joined;
}
