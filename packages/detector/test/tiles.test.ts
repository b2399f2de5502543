import { expect, test } from 'vitest';
import { planTiles } from '../src/tiles.ts';

test('without small faces the whole photo is one centred window', () => {
  expect(planTiles({ width: 400, height: 300 }, 192, Number.POSITIVE_INFINITY)).toEqual([
    { x: 0, y: -50, side: 400 },
  ]);
});

test.each([
  [512, 512],
  [4000, 3000],
  [300, 2900],
])('every face of a %i x %i photo lies whole in a window that shows it large enough', (width, height) => {
  const tiles = planTiles({ width, height }, 192, 28);
  for (let face = 28; face < Math.min(width, height); face *= 1.31) {
    for (let k = 0; k < 200; k++) {
      const x = (width - face) * ((k * 0.618) % 1);
      const y = (height - face) * ((k * 0.755) % 1);
      const seen = tiles.some(
        (tile) =>
          x >= tile.x &&
          y >= tile.y &&
          x + face <= tile.x + tile.side &&
          y + face <= tile.y + tile.side &&
          (face / tile.side) * 192 >= 19.9,
      );
      expect(seen, `face of ${face} at ${x}, ${y}`).toBe(true);
    }
  }
});

test('the number of windows stays bounded for enormous photos', () => {
  expect(planTiles({ width: 60000, height: 60000 }, 192, 28).length).toBeLessThan(6000);
});
