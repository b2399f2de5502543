import { describe, expect, it } from 'vitest';
import { checkPixels, isPixels } from '../../src/image/pixels.ts';

describe('isPixels', () => {
  it.each([
    [{ width: 1, height: 1, data: new Uint8Array(3) }, true],
    [{ width: 1, height: 1, data: new Uint8ClampedArray(3) }, true],
    [{ width: 1, height: 1, data: [0, 0, 0] }, false],
    [{ width: '1', height: 1, data: new Uint8Array(3) }, false],
    [new Uint8Array(3), false],
    [null, false],
    ['photo.jpg', false],
  ])('%j is %s', (image, expected) => {
    expect(isPixels(image)).toBe(expected);
  });
});

describe('checkPixels', () => {
  it('accepts RGB bytes', () => {
    expect(() => checkPixels({ width: 2, height: 3, data: new Uint8Array(18) })).not.toThrow();
  });

  it.each([
    [2, 3, 24], // RGBA
    [0, 3, 0],
    [-2, -3, 18],
    [1.5, 2, 9],
    [Number.NaN, 1, 3],
  ])('refuses %d x %d with %i bytes', (width, height, length) => {
    expect(() => checkPixels({ width, height, data: new Uint8Array(length) })).toThrow(
      expect.objectContaining({ code: 'BAD_IMAGE' }),
    );
  });
});
