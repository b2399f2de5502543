import type { StoredDtype, StoredRange } from './checkpoint.js';
import type { ByteSource } from './source.js';

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

/** Half precision bits to a number. */
export function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** A number to half precision bits, rounded to nearest, ties to even. */
export function floatToHalf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size >= 65520) return sign | 0x7c00;
  const exponent = Math.max(Math.floor(Math.log2(size || 1e-9)), -14);
  const scaled = size * 2 ** (10 - exponent); // 1024..2048 when normal
  const even = Math.floor(scaled);
  const rest = scaled - even;
  const rounded = rest > 0.5 || (rest === 0.5 && even % 2 === 1) ? even + 1 : even;
  // A carry out of the fraction moves into the exponent by itself.
  return sign | (rounded < 1024 ? rounded : ((exponent + 14) << 10) + rounded);
}

/** Reads a stored tensor as float32, widening what is narrower. */
export async function readStored(
  source: ByteSource,
  { dtype, offset, byteLength }: StoredRange,
): Promise<Float32Array> {
  const bytes = await source.read(offset, byteLength);
  return widen(dtype, bytes);
}

/** Bytes of a dtype, little-endian and of any alignment, to float32. */
export function widen(dtype: StoredDtype, bytes: Uint8Array): Float32Array {
  const size = BYTES_PER_VALUE[dtype];
  const { buffer, byteOffset } = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);
  const length = bytes.byteLength / size;
  switch (dtype) {
    case 'F32':
      return new Float32Array(buffer, byteOffset, length);
    case 'F16':
      return Float32Array.from(new Uint16Array(buffer, byteOffset, length), halfToFloat);
    case 'BF16':
      return new Float32Array(
        Uint32Array.from(new Uint16Array(buffer, byteOffset, length), (top) => top << 16).buffer,
      );
    case 'I8':
      return Float32Array.from(new Int8Array(buffer, byteOffset, length));
    case 'U8':
      return Float32Array.from(bytes);
    case 'I32':
      return Float32Array.from(new Int32Array(buffer, byteOffset, length));
    case 'I64':
      return Float32Array.from(new BigInt64Array(buffer, byteOffset, length), Number);
    default:
      return dtype satisfies never;
  }
}
