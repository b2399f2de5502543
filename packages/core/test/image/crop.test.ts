import { readFileSync } from 'node:fs';
import { fixtureUrl } from '@facexformer/test-utils/fixture-url';
import { describe, expect, it } from 'vitest';
import { cropBox } from '../../src/image/crop.ts';

const fixture = fixtureUrl('preprocess.json');
const { adjust_bbox } = JSON.parse(readFileSync(fixture, 'utf8')) as {
  adjust_bbox: { box: number[]; image_wh: [number, number]; crop_int: number[] }[];
};
const photo = { width: 640, height: 480 };
const official = { margin: 0.25, square: false };
const square = { margin: 0.25, square: true };

describe('cropBox', () => {
  it.each(adjust_bbox)('equals the official crop of $box', ({ box, image_wh, crop_int }) => {
    const [left, top, right, bottom] = box as [number, number, number, number];
    const crop = cropBox(
      { x: left, y: top, width: right - left, height: bottom - top },
      { width: image_wh[0], height: image_wh[1] },
      official,
    );
    expect([crop.x, crop.y, crop.x + crop.width, crop.y + crop.height]).toEqual(crop_int);
  });

  it('keeps a square crop square, centred and unclamped', () => {
    expect(cropBox({ x: -20, y: 100, width: 80, height: 100 }, photo, square)).toEqual({
      x: -55,
      y: 75,
      width: 150,
      height: 150,
    });
  });

  describe('with a policy of upright faces', () => {
    const upright = { ...square, raise: 0.1, upright: 15 };
    const box = { x: 200, y: 100, width: 100, height: 100 };

    it('turns a square with a face that is tilted, and raises it along the face', () => {
      // Clockwise by a quarter, the hair is at the right: 10 pixels that way from the centre of the box.
      expect(cropBox({ ...box, roll: 90 }, photo, upright)).toEqual({
        ...{ x: 185, y: 75, width: 150, height: 150 },
        roll: 90,
      });
      expect(cropBox({ ...box, roll: -33.333333 }, photo, upright).roll).toBe(-33.33);
    });

    it('leaves a face that is nearly upright, and one whose roll nobody knows', () => {
      expect(cropBox({ ...box, roll: 14 }, photo, upright)).toEqual(cropBox(box, photo, upright));
      expect(cropBox(box, photo, upright)).not.toHaveProperty('roll');
      expect(cropBox({ ...box, roll: 90 }, photo, square)).toEqual(cropBox(box, photo, square));
    });

    it('refuses a roll that is no number', () => {
      expect(() => cropBox({ ...box, roll: Number.NaN }, photo, upright)).toThrow('must be finite');
    });
  });

  it('raises a square crop by a share of the longer side and leaves its size', () => {
    const box = { x: -20, y: 100, width: 80, height: 100 };
    expect(cropBox(box, photo, { ...square, raise: 0.1 })).toEqual({
      x: -55,
      y: 65,
      width: 150,
      height: 150,
    });
  });

  it('rounds a square crop to whole pixels of one size', () => {
    const { x, y, width, height } = cropBox({ x: 10.3, y: 20.8, width: 41.7, height: 33.1 }, photo, square);
    expect(width).toBe(height);
    expect(width).toBe(63);
    expect(Math.abs(x + width / 2 - (10.3 + 41.7 / 2))).toBeLessThanOrEqual(0.5);
    expect(Math.abs(y + height / 2 - (20.8 + 33.1 / 2))).toBeLessThanOrEqual(0.5);
  });

  it('makes at least one pixel of a tiny square crop', () => {
    expect(cropBox({ x: 5, y: 5, width: 0.01, height: 0.02 }, photo, square)).toMatchObject({
      width: 1,
      height: 1,
    });
  });

  const bad = [
    { x: 1, y: 1, width: 0, height: 10 },
    { x: 1, y: 1, width: 10, height: -3 },
    { x: Number.NaN, y: 1, width: 10, height: 10 },
    { x: 1, y: 1, width: Number.POSITIVE_INFINITY, height: 10 },
    { x: 640, y: 1, width: 10, height: 10 },
    { x: -10, y: 1, width: 10, height: 10 },
    { x: 1, y: -50, width: 10, height: 50 },
    { x: 1, y: 480, width: 10, height: 10 },
    { x: -1e9, y: -1e9, width: 2e9, height: 2e9 },
  ];
  it.each(bad)('refuses %j', (box) => {
    for (const policy of [official, square]) {
      expect(() => cropBox(box, photo, policy)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    }
  });

  it('refuses a rectangle below a pixel', () => {
    expect(() => cropBox({ x: 5.1, y: 5.1, width: 0.2, height: 0.2 }, photo, official)).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION' }),
    );
  });
});
