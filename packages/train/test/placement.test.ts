import { expect, it } from 'vitest';
import { jitterColor } from '../src/augment/color.js';
import { MIRRORED_CLASSES, MIRRORED_POINTS, placePoints, placePose } from '../src/augment/labels.js';
import { viewMask, viewPixels } from '../src/augment/pixels.js';
import { CENTRED, type Placement, randomPlacement, toTile, toView } from '../src/augment/placement.js';
import { random } from '../src/augment/random.js';

const turned: Placement = { centreX: 0.55, centreY: 0.45, half: 0.3, angle: 0.4, mirrored: true };

it('maps from the view to the tile and back', () => {
  const [x, y] = toTile(turned, 0.3, -0.7);
  const [u, v] = toView(turned, x, y);
  expect(u).toBeCloseTo(0.3);
  expect(v).toBeCloseTo(-0.7);
});

it('moves a mark in the pixels to where it moves the point', () => {
  const side = 200;
  const tile = new Uint8Array(side * side * 3);
  for (let dy = -3; dy <= 3; dy += 1) {
    for (let dx = -3; dx <= 3; dx += 1)
      tile.fill(255, ((80 + dy) * side + 110 + dx) * 3, ((80 + dy) * side + 111 + dx) * 3);
  }
  const size = 64;
  const view = viewPixels(tile, side, turned, size);
  let [sum, sx, sy] = [0, 0, 0];
  for (let i = 0; i < size * size; i += 1) {
    sum += view[i]!;
    sx += view[i]! * (i % size);
    sy += view[i]! * Math.floor(i / size);
  }
  const [x, y] = toView(turned, 110.5 / side, 80.5 / side);
  expect((2 * (sx / sum) + 1) / size - 1).toBeCloseTo(x, 1);
  expect((2 * (sy / sum) + 1) / size - 1).toBeCloseTo(y, 1);
});

it('exchanges sides in a mirrored face', () => {
  const points = Array.from({ length: 136 }, (_, i) => 0.3 + 0.003 * i);
  const straight = placePoints(points, CENTRED);
  const mirrored = placePoints(points, { ...CENTRED, mirrored: true });
  expect(mirrored[2 * 36]).toBeCloseTo(-straight[2 * 45]!); // outer eye corners
  expect(mirrored[2 * 36 + 1]).toBeCloseTo(straight[2 * 45 + 1]!);
  expect(MIRRORED_POINTS.map((i) => MIRRORED_POINTS[i])).toEqual(Array.from({ length: 68 }, (_, i) => i));
  expect(MIRRORED_CLASSES.map((i) => MIRRORED_CLASSES[i])).toEqual(Array.from({ length: 11 }, (_, i) => i));
  const mask = Uint8Array.of(2, 2, 4, 4, 2, 2, 4, 4, 2, 2, 4, 4, 2, 2, 4, 4); // brow left, eye right of it
  expect([...viewMask(mask, 4, { ...CENTRED, half: 0.5, mirrored: true }, 4).slice(0, 4)]).toEqual([
    5, 5, 3, 3,
  ]);
});

it('turns the pose with the image, by the convention of 300W-LP', () => {
  const degrees = (values: readonly number[]) => values.map((value) => (value * 180) / Math.PI);
  const pose = { yaw: 20, pitch: -10, roll: 5 };
  const same = degrees(placePose(pose, CENTRED));
  [-10, 20, 5].forEach((value, i) => {
    expect(same[i]).toBeCloseTo(value);
  });
  const mirrored = degrees(placePose(pose, { ...CENTRED, mirrored: true }));
  [-10, -20, -5].forEach((value, i) => {
    expect(mirrored[i]).toBeCloseTo(value);
  });
  // A frontal face turned counterclockwise is tilted counterclockwise: roll falls by the angle.
  const tilted = degrees(placePose({ yaw: 0, pitch: 0, roll: 0 }, { ...CENTRED, angle: Math.PI / 6 }));
  expect(tilted[2]).toBeCloseTo(-30);
});

it('augments as far as the strength says: not at all at 0', () => {
  const grey = () => Float32Array.from({ length: 3 * 64 }, (_, i) => (i * 37) % 256);
  const changes = [0, 0.5, 1].map((strength) => {
    let [moved, colored] = [0, 0];
    for (let row = 0; row < 50; row += 1) {
      const placement = randomPlacement(random(1, row), strength);
      moved +=
        Math.abs(placement.centreX - 0.5) +
        Math.abs(placement.angle) +
        Math.abs(placement.half / CENTRED.half - 1);
      const view = grey();
      jitterColor(view, 8, random(2, row), strength);
      grey().forEach((value, i) => {
        colored += Math.abs(view[i]! - value) / (50 * view.length);
      });
    }
    return [moved, colored] as const;
  });
  const [none, half, full] = changes as [(typeof changes)[0], (typeof changes)[0], (typeof changes)[0]];
  expect(none[0]).toBe(0);
  expect(none[1]).toBeLessThan(1e-4);
  for (const kind of [0, 1] as const) {
    expect(half[kind]).toBeGreaterThan(0.2 * full[kind]);
    expect(half[kind]).toBeLessThan(0.7 * full[kind]);
  }
});
