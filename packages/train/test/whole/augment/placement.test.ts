import { inverseMatrix, toView } from '@facexformer/core/image';
import { random } from '@facexformer/statistics';
import { expect, it } from 'vitest';
import { jitterColor } from '../../../src/whole/augment/color.js';
import { viewPixels } from '../../../src/whole/augment/pixels.js';
import { CENTRED, type Placement, randomPlacement, viewOf } from '../../../src/whole/augment/placement.js';

const turned: Placement = { centreX: 0.55, centreY: 0.45, half: 0.3, angle: 0.4, mirrored: true };

it('shows the middle of the placement in the middle of the view, and its half at the edge', () => {
  const view = viewOf({ ...CENTRED, centreX: 0.55, half: 0.3 }, 200, 64);
  expect(toView(view, { x: 109.5, y: 99.5 })).toEqual({ x: expect.closeTo(31.5), y: expect.closeTo(31.5) });
  expect(toView(view, { x: 109.5 + 60, y: 99.5 }).x).toBeCloseTo(63.5);
  const [a, b, c, d, e, f] = inverseMatrix(viewOf(turned, 200, 64));
  const { x, y } = toView(viewOf(turned, 200, 64), { x: 70, y: 120 });
  expect([a * x + c * y + e, b * x + d * y + f]).toEqual([expect.closeTo(70), expect.closeTo(120)]);
});

it('moves a mark in the pixels to where it moves the point', () => {
  const side = 200;
  const tile = new Uint8Array(side * side * 3);
  for (let dy = -3; dy <= 3; dy += 1) {
    for (let dx = -3; dx <= 3; dx += 1)
      tile.fill(255, ((80 + dy) * side + 110 + dx) * 3, ((80 + dy) * side + 111 + dx) * 3);
  }
  const size = 64;
  const transform = viewOf(turned, side, size);
  const view = viewPixels(tile, transform);
  let [sum, sx, sy] = [0, 0, 0];
  for (let i = 0; i < size * size; i += 1) {
    sum += view[i]!;
    sx += view[i]! * (i % size);
    sy += view[i]! * Math.floor(i / size);
  }
  const { x, y } = toView(transform, { x: 110, y: 80 });
  expect(Math.abs(sx / sum - x)).toBeLessThan(0.1);
  expect(Math.abs(sy / sum - y)).toBeLessThan(0.1);
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
