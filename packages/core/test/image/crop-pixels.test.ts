import { describe, expect, it } from 'vitest';
import { cropPixels } from '../../src/image/crop-pixels.js';
import { gridToPhoto, type Point } from '../../src/image/geometry.js';
import { resizeBicubic } from '../../src/image/resize.js';

const SIZE = { width: 300, height: 200 };

/** A picture that is smooth, and different everywhere: its colours at a place. */
const colors = ({ x, y }: Point): readonly number[] => [
  40 + x / 2 + y / 4,
  220 - x / 3 - y / 5,
  128 + 90 * Math.sin(x / 40) * Math.cos(y / 50),
];
const picture = {
  ...SIZE,
  data: Uint8Array.from({ length: SIZE.width * SIZE.height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return Math.round(colors({ x: pixel % SIZE.width, y: Math.floor(pixel / SIZE.width) })[i % 3]!);
  }),
};

describe('cropPixels', () => {
  it('is the resized crop where nothing is turned', () => {
    const crop = { x: 20, y: 10, width: 100, height: 80 };
    const size = { width: 48, height: 40 };
    expect(cropPixels(picture, size, crop)).toEqual(resizeBicubic(picture, size, crop));
    expect(cropPixels(picture, size, { ...crop, roll: 0 })).toEqual(resizeBicubic(picture, size, crop));
  });

  it.each([
    [30, 24],
    [-75, 48],
    [180, 120],
    [90, 240],
  ])('turned by %d to %d pixels shows what is there', (roll, side) => {
    const crop = { x: 90, y: 50, width: 110, height: 110, roll };
    const seen = cropPixels(picture, { width: side, height: side }, crop);
    let most = 0;
    for (let y = 0; y < side; y += 1) {
      for (let x = 0; x < side; x += 1) {
        const expected = colors(gridToPhoto({ x, y }, { columns: side, rows: side }, crop));
        expected.forEach((value, channel) => {
          most = Math.max(most, Math.abs(value - seen.data[(y * side + x) * 3 + channel]!));
        });
      }
    }
    expect(most).toBeLessThan(2.5); // the picture is rounded twice, and smoothed where it is made smaller
  });

  it('repeats the edge beyond the picture, wherever the crop lies', () => {
    const outside = cropPixels(
      picture,
      { width: 8, height: 8 },
      { x: 900, y: 900, width: 60, height: 60, roll: 45 },
    );
    const corner = [...picture.data.slice(-3)];
    expect(new Set(outside.data)).toEqual(new Set(corner));
  });

  it('refuses what cannot be', () => {
    const crop = { x: 0, y: 0, width: 10, height: 10, roll: 45 };
    expect(() => cropPixels({ ...picture, width: 3 }, { width: 8, height: 8 }, crop)).toThrow(
      'pixels of 3x200',
    );
  });
});
