import { BYTES, demand, FLOATS, kind, oneOf, whole } from '../base/arguments.js';
import type { ByteSource } from './byte-source.js';
import type { StoredDtype, StoredRange } from './tensor-entry.js';

/** Size of a value in each stored dtype. */
export const BYTES_PER_VALUE: Record<StoredDtype, number> = {
  F32: 4,
  F16: 2,
  BF16: 2,
  I8: 1,
  U8: 1,
  I32: 4,
  I64: 8,
};

const BITS = whole(0, 65535);

/** Half precision bits to a number. */
export function halfToFloat(bits: number): number {
  demand(bits, BITS, 'halfToFloat: bits');
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/**
 * Scratch space of floatToHalf: one float, and its bits. No call sees what another left; space of its own for each
 * number would cost more than the conversion.
 */
const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);
/** Scales a half of each exponent, -14 to 15, to 1024..2048. */
const SCALES = Float64Array.from({ length: 30 }, (_, i) => 2 ** (24 - i));
const TO_INTEGER = 2 ** 52; // added and subtracted again, it rounds to nearest, ties to even

/** A number to half precision bits, rounded to nearest, ties to even. */
export function floatToHalf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  single[0] = value;
  const bits = singleBits[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const size = Math.abs(value);
  if (size >= 65520) return sign | 0x7c00;
  const step = Math.max(((bits >>> 23) & 0xff) - 113, 0); // exponent + 14
  const rounded = size * SCALES[step]! + TO_INTEGER - TO_INTEGER;
  // A carry out of the fraction moves into the exponent by itself.
  return sign | (rounded < 1024 ? rounded : (step << 10) + rounded);
}

/** Numbers to half precision bits. */
export function narrow(values: Float32Array): Uint16Array {
  demand(values, FLOATS, 'narrow: values');
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < halves.length; i += 1) halves[i] = floatToHalf(values[i]!);
  return halves;
}

/** Reads a stored tensor as float32; narrower dtypes are widened. */
export async function readStored(
  source: ByteSource,
  { dtype, offset, byteLength }: StoredRange,
): Promise<Float32Array> {
  const bytes = await source.read(offset, byteLength);
  return widen(dtype, bytes);
}

/** Bytes of a dtype, little-endian and of any alignment, to float32; aligned F32 are a view. */
export function widen(dtype: StoredDtype, bytes: Uint8Array): Float32Array {
  demand(dtype, oneOf(...Object.keys(BYTES_PER_VALUE)), 'widen: dtype');
  const size = BYTES_PER_VALUE[dtype];
  demand(
    bytes,
    kind(`bytes of whole ${dtype} values`, (value) => BYTES.fits(value) && bytes.byteLength % size === 0),
    'widen: bytes',
    'BAD_CHECKPOINT',
  );
  const { buffer, byteOffset } = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);
  const length = bytes.byteLength / size;
  switch (dtype) {
    case 'F32':
      return new Float32Array(buffer, byteOffset, length);
    case 'F16':
      return widenHalves(new Uint16Array(buffer, byteOffset, length));
    case 'BF16': {
      const halves = new Uint16Array(buffer, byteOffset, length);
      const words = new Uint32Array(length);
      for (let i = 0; i < length; i += 1) words[i] = halves[i]! << 16;
      return new Float32Array(words.buffer);
    }
    case 'I8':
      return new Float32Array(new Int8Array(buffer, byteOffset, length));
    case 'U8':
      return new Float32Array(bytes);
    case 'I32':
      return new Float32Array(new Int32Array(buffer, byteOffset, length));
    case 'I64':
      return Float32Array.from(new BigInt64Array(buffer, byteOffset, length), Number);
    default:
      return dtype satisfies never;
  }
}

/** A table of constants, filled when it is first needed: most programs read no halves. */
let everyHalf: Float32Array | undefined;

function widenHalves(halves: Uint16Array): Float32Array {
  everyHalf ??= Float32Array.from({ length: 65536 }, (_, bits) => halfToFloat(bits));
  const values = new Float32Array(halves.length);
  for (let i = 0; i < values.length; i += 1) values[i] = everyHalf[halves[i]!]!;
  return values;
}
