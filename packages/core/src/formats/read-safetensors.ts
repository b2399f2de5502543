import { demand } from '../base/arguments.js';
import { FaceXFormerError } from '../base/errors.js';
import { parseJson } from '../base/json.js';
import { type Fields, isRecord } from '../base/record.js';
import { sizeOf } from '../base/tensor.js';
import { decodeUtf8 } from '../base/utf8.js';
import { BYTE_SOURCE, type ByteSource } from './byte-source.js';
import { BYTES_PER_VALUE } from './dtype.js';
import type { StoredDtype, StoredRange } from './tensor-entry.js';

/** The header of a safetensors file: where each tensor lies, and free-form text. */
export interface SafetensorsHeader {
  readonly tensors: ReadonlyMap<string, StoredRange>;
  readonly metadata: Readonly<Record<string, string>>;
}

const LARGEST_HEADER = 16 * 1024 * 1024;

const broken = (message: string): FaceXFormerError =>
  new FaceXFormerError('BAD_CHECKPOINT', `not a usable safetensors file: ${message}`);

/**
 * Reads and checks the header; tensor bytes are not touched.
 * @throws {FaceXFormerError} `BAD_CHECKPOINT` naming the tensor that is wrong, `UNSUPPORTED` for a foreign dtype.
 */
export async function readSafetensorsHeader(source: ByteSource): Promise<SafetensorsHeader> {
  demand(source, BYTE_SOURCE, 'readSafetensorsHeader: source');
  if (source.size < 10) throw broken(`it has only ${source.size} bytes`);
  const lead = await source.read(0, 8);
  const length = Number(new DataView(lead.buffer, lead.byteOffset, 8).getBigUint64(0, true));
  if (length > LARGEST_HEADER) throw broken(await otherKind(source));
  if (8 + length > source.size) throw broken('its header is cut off');
  const start = 8 + length;
  const text = decodeUtf8(await source.read(8, length));
  const header = parseHeader(text);
  const tensors = new Map<string, StoredRange>();
  let metadata: Readonly<Record<string, string>> = {};
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') metadata = checkMetadata(value);
    else tensors.set(name, checkEntry(name, value, start, source.size));
  }
  checkNames(text);
  checkOverlaps(tensors);
  return { tensors, metadata };
}

/** How files start that are taken for models now and then. */
const OTHER_KINDS: readonly (readonly [start: RegExp, kind: string])[] = [
  [/^version https:/, 'a pointer of Git LFS: fetch the file itself with "git lfs pull"'],
  [/^\s*</, 'a web page: download the file itself'],
  [/^\s*[[{]/, 'JSON'],
  [/^.PNG|^\xff\xd8\xff|^GIF8|^RIFF/, 'a picture'],
  [/^[\b]./, 'an ONNX model: pass the checkpoint that it was made of'],
];

async function otherKind(source: ByteSource): Promise<string> {
  const start = String.fromCharCode(...(await source.read(0, Math.min(64, source.size))));
  const [, kind] = OTHER_KINDS.find(([pattern]) => pattern.test(start)) ?? [];
  return kind ? `it seems to be ${kind}` : `its header claims more than ${LARGEST_HEADER} bytes`;
}

function parseHeader(text: string): Fields {
  try {
    const parsed: unknown = parseJson(text);
    if (isRecord(parsed)) return parsed;
  } catch (cause) {
    throw new FaceXFormerError(
      'BAD_CHECKPOINT',
      'not a usable safetensors file: its header is not JSON, or nests too deep',
      {
        cause,
      },
    );
  }
  throw broken('its header is not an object');
}

function checkMetadata(value: unknown): Readonly<Record<string, string>> {
  if (isRecord(value) && Object.values(value).every((text) => typeof text === 'string')) {
    return value as Readonly<Record<string, string>>;
  }
  throw broken('__metadata__ must map names to text');
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function checkEntry(name: string, value: unknown, start: number, size: number): StoredRange {
  const { dtype, shape, data_offsets: offsets } = isRecord(value) ? value : {};
  if (typeof dtype !== 'string' || !Array.isArray(shape) || !Array.isArray(offsets) || offsets.length !== 2) {
    throw broken(`tensor "${name}" lacks dtype, shape or data_offsets`);
  }
  if (!Object.hasOwn(BYTES_PER_VALUE, dtype)) {
    throw new FaceXFormerError('UNSUPPORTED', `tensor "${name}" has dtype ${dtype}: store it as F32`);
  }
  if (!shape.every(isCount) || !offsets.every(isCount))
    throw broken(`tensor "${name}" has a shape or data_offsets that are not whole numbers from 0`);
  const [from, to] = offsets as [number, number];
  const byteLength = sizeOf(shape) * BYTES_PER_VALUE[dtype as StoredDtype];
  if (to - from !== byteLength) {
    throw broken(`tensor "${name}" of shape [${shape}] needs ${byteLength} bytes, but has ${to - from}`);
  }
  if (start + to > size) throw broken(`tensor "${name}" ends beyond the end of the file: is it truncated?`);
  return { dtype: dtype as StoredDtype, shape, offset: start + from, byteLength };
}

/**
 * Refuses a tensor name that occurs twice, of which JSON.parse would keep only the last. In a valid header, the strings
 * directly inside the outer braces are the names.
 */
function checkNames(json: string): void {
  const names = new Set<string>();
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const letter = json[at];
    if (letter === '{' || letter === '[') depth += 1;
    else if (letter === '}' || letter === ']') depth -= 1;
    else if (letter === '"') {
      const start = at;
      for (at += 1; json[at] !== '"'; at += 1) if (json[at] === '\\') at += 1;
      if (depth > 1) continue;
      const name: string = JSON.parse(json.slice(start, at + 1));
      if (names.has(name)) throw broken(`two tensors are named "${name}"`);
      names.add(name);
    }
  }
}

function checkOverlaps(tensors: ReadonlyMap<string, StoredRange>): void {
  const placed = [...tensors].filter(([, { byteLength }]) => byteLength > 0);
  placed.sort(([, a], [, b]) => a.offset - b.offset);
  let end = 0;
  for (const [name, { offset, byteLength }] of placed) {
    if (offset < end) throw broken(`tensor "${name}" overlaps another`);
    end = offset + byteLength;
  }
}
