import { expect, test } from 'vitest';
import { halfToFloat } from '../src/half.ts';

test('IEEE 754 examples', () => {
  const bits = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x3555, 0x0000, 0x7c00, 0xfc00, 0x7e00);
  expect([...halfToFloat(bits)]).toEqual([
    1,
    -2,
    65504,
    2 ** -14,
    2 ** -24,
    0.333251953125,
    0,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NaN,
  ]);
});
