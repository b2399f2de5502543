import { describe, expect, it } from 'vitest';
import { findFaces } from '../../src/face/find-faces.js';
import { type Point, turnPoint } from '../../src/image/geometry.js';
import type { Pixels } from '../../src/image/pixels.js';
import type { Detection } from '../../src/index.js';

const MIDDLE = { x: 150, y: 110 };
const [RADIUS, EYE] = [24, 14];

/** A grey photo with a "face": a white disc, and on it a red spot towards its top, tilted by `roll` degrees. */
function photo(roll: number): Pixels {
  const [width, height] = [300, 200];
  const data = new Uint8Array(width * height * 3).fill(90);
  const eye = turnPoint({ x: MIDDLE.x, y: MIDDLE.y - EYE }, MIDDLE, roll);
  const paint = (at: Point, radius: number, color: readonly number[]) => {
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        if (Math.hypot(x - at.x, y - at.y) <= radius) data.set(color, (y * width + x) * 3);
      }
    }
  };
  paint(MIDDLE, RADIUS, [250, 250, 250]);
  paint(eye, 5, [250, 0, 0]);
  return { width, height, data };
}

/** Finds the disc where the spot is no further than `reach` degrees from its top, with a roll that is a little wrong. */
const detectorOf = (reach: number, calls: number[] = []) => ({
  async detect({ width, height, data }: Pixels): Promise<readonly Detection[]> {
    calls.push(width);
    const sums = { disc: [0, 0, 0], spot: [0, 0, 0] };
    for (let i = 0; i < width * height; i += 1) {
      const [red, green] = [data[3 * i]!, data[3 * i + 1]!];
      const isSpot = red > 180 && green < 90;
      for (const sum of [...(isSpot ? [sums.spot] : []), ...(isSpot || green > 180 ? [sums.disc] : [])]) {
        sum[0]! += i % width;
        sum[1]! += Math.floor(i / width);
        sum[2]! += 1;
      }
    }
    const place = ([x, y, count]: readonly number[]) => ({ x: x! / count!, y: y! / count! });
    const [disc, spot] = [place(sums.disc), place(sums.spot)];
    const roll = (Math.atan2(spot.x - disc.x, disc.y - spot.y) * 180) / Math.PI;
    if (!(Math.abs(roll) < reach)) return [];
    const radius = Math.sqrt(sums.disc[2]! / Math.PI);
    const box = { x: disc.x + 0.5 - radius, y: disc.y + 0.5 - radius, width: 2 * radius, height: 2 * radius };
    return [{ box, roll: 0.9 * roll, score: 0.7, keypoints: [spot] }];
  },
});

describe('findFaces', () => {
  it.each([60, 90, -135, 180])('finds a face that is tilted by %d degrees when asked', async (roll) => {
    const pixels = photo(roll);
    expect(await findFaces(detectorOf(50), pixels, { upright: 15 })).toEqual([]);
    const [face, ...others] = await findFaces(detectorOf(50), pixels, { upright: 15, rotations: true });
    expect(others).toEqual([]);
    expect(Math.abs(Math.sin((((face!.roll ?? 0) - roll) * Math.PI) / 360))).toBeLessThan(0.02);
    expect(face!.box.x + face!.box.width / 2 - 0.5).toBeCloseTo(MIDDLE.x, 0);
    expect(face!.box.y + face!.box.height / 2 - 0.5).toBeCloseTo(MIDDLE.y, 0);
    expect(Math.abs(face!.box.width - 2 * RADIUS)).toBeLessThan(2);
    const eye = turnPoint({ x: MIDDLE.x, y: MIDDLE.y - EYE }, MIDDLE, roll);
    expect(face!.keypoints![0]!.x).toBeCloseTo(eye.x, -0.5);
    expect(face!.keypoints![0]!.y).toBeCloseTo(eye.y, -0.5);
  });

  it('looks at a tilted face again, upright: its roll is then exact', async () => {
    const [face] = await findFaces(detectorOf(50), photo(40), { upright: 15 });
    expect(face!.roll).toBeCloseTo(40, 0);
    const [glance] = await findFaces(detectorOf(50), photo(40), {});
    expect(glance!.roll).toBeCloseTo(36, 0);
  });

  it('costs one search where the face is upright and no rotation is asked for', async () => {
    const calls: number[] = [];
    const [face] = await findFaces(detectorOf(50, calls), photo(5), { upright: 15 });
    expect([calls, face!.roll! < 6]).toEqual([[300], true]);
  });
});
