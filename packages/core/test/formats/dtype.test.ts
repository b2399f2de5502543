import { describe, expect, it } from 'vitest';
import { floatToHalf, halfToFloat, narrow, widen } from '../../src/formats/dtype.js';

const EXAMPLES: readonly (readonly [bits: number, value: number])[] = [
  [0x3c00, 1],
  [0xc000, -2],
  [0x7bff, 65504],
  [0x0400, 2 ** -14],
  [0x0001, 2 ** -24],
  [0x3555, 0.333251953125],
  [0x0000, 0],
  [0x8000, -0],
  [0x7c00, Number.POSITIVE_INFINITY],
  [0xfc00, Number.NEGATIVE_INFINITY],
];

describe('half precision', () => {
  it.each(EXAMPLES)('0x%s is %d', (bits, value) => {
    expect(halfToFloat(bits)).toBe(value);
    expect(floatToHalf(value)).toBe(bits);
  });

  it('survives the way there and back for all finite bit patterns', () => {
    for (let bits = 0; bits < 0x7c00; bits += 1) expect(floatToHalf(halfToFloat(bits))).toBe(bits);
  });

  it('widens and narrows whole arrays by the same rule, for every bit pattern', () => {
    const bits = Uint16Array.from({ length: 65536 }, (_, i) => i);
    const values = widen('F16', new Uint8Array(bits.buffer));
    expect(values.every((value, i) => Object.is(value, halfToFloat(i)))).toBe(true);
    expect(narrow(values).every((half, i) => half === i || Number.isNaN(values[i]))).toBe(true);
  });

  it('rounds numbers next to a power of two and below the smallest half', () => {
    expect(floatToHalf(2 - 2 ** -30)).toBe(0x4000);
    expect(floatToHalf(2 ** -14 - 2 ** -40)).toBe(0x0400);
    expect(floatToHalf(2 ** -25)).toBe(0);
    expect(floatToHalf(-(2 ** -25) * 1.0001)).toBe(0x8001);
  });

  it('rounds to nearest, ties to even, and overflows to infinity', () => {
    expect(floatToHalf(1 + 2 ** -11)).toBe(0x3c00);
    expect(floatToHalf(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(floatToHalf(1 + 2 ** -11 + 2 ** -20)).toBe(0x3c01);
    expect(floatToHalf(65519)).toBe(0x7bff);
    expect(floatToHalf(65520)).toBe(0x7c00);
    expect(floatToHalf(Number.NaN)).toBe(0x7e00);
  });
});

describe('widen', () => {
  it.each([
    ['F32', Float32Array.of(1.5, -2)],
    ['BF16', Uint16Array.of(0x3fc0, 0xc000)],
    ['F16', Uint16Array.of(0x3e00, 0xc000)],
  ] as const)('%s at any alignment', (dtype, values) => {
    const bytes = new Uint8Array(values.byteLength + 1);
    bytes.set(new Uint8Array(values.buffer), 1);
    expect([...widen(dtype, bytes.subarray(1))]).toEqual([1.5, -2]);
    expect([...widen(dtype, Buffer.from(bytes).subarray(1))]).toEqual([1.5, -2]);
  });

  it('integers', () => {
    expect([...widen('I64', new Uint8Array(BigInt64Array.of(-3n, 2n ** 40n).buffer))]).toEqual([-3, 2 ** 40]);
    expect([...widen('I32', new Uint8Array(Int32Array.of(-3).buffer))]).toEqual([-3]);
    expect([...widen('I8', Uint8Array.of(0xfd))]).toEqual([-3]);
    expect([...widen('U8', Uint8Array.of(0xfd))]).toEqual([253]);
  });
});
