import { expect, it } from 'vitest';
import { maskPixels } from '../../src/draw/mask.js';

const mask = {
  kind: 'mask',
  x: 0,
  y: 0,
  width: 10,
  height: 10,
  columns: 5,
  rows: 3,
  labels: Uint8Array.from([1, 1, 1, 0, 9, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0]),
  colors: [undefined, '#0099ff'],
} as const;

it('maskPixels paints each class in its colour, borders stronger', () => {
  const pixels = maskPixels(mask);
  const at = (x: number, y: number) => [...pixels.subarray((y * 5 + x) * 4, (y * 5 + x) * 4 + 4)];
  expect(pixels).toHaveLength(5 * 3 * 4);
  expect(at(0, 1).slice(0, 3)).toEqual([0, 0x99, 0xff]);
  expect(at(3, 1)).toEqual([0, 0, 0, 0]);
  expect(at(4, 0)).toEqual([0, 0, 0, 0]); // a label without a colour
  expect(at(2, 1)[3]).toBeGreaterThan(at(1, 1)[3]!);
  expect(at(1, 1)[3]).toBeGreaterThan(0);
});
