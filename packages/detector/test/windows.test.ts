import { expect, test } from 'vitest';
import { COARSEST, planWindows, type Window } from '../src/windows.ts';

const covers = ({ x, y, scale, width, height }: Window, left: number, top: number, face: number): boolean =>
  left >= x && top >= y && left + face <= x + width * scale && top + face <= y + height * scale;

test('faces that are large in the photo need one small input', () => {
  expect(planWindows({ width: 400, height: 200 }, 100)).toEqual([
    { x: 0, y: 0, scale: 400 / COARSEST, width: COARSEST, height: COARSEST / 2 },
  ]);
});

test('a level that fits the largest input is one window', () => {
  const windows = planWindows({ width: 4000, height: 3000 }, 100);
  expect(windows.map(({ width, height }) => [width, height])).toEqual([
    [128, 128],
    [640, 512],
  ]);
});

test.each([
  [512, 512],
  [4000, 3000],
  [300, 2900],
])('every face of a %i x %i photo lies whole in a window that shows it large enough', (width, height) => {
  const windows = planWindows({ width, height }, 28);
  for (let face = 28; face < Math.min(width, height); face *= 1.31) {
    for (let k = 0; k < 200; k++) {
      const x = (width - face) * ((k * 0.618) % 1);
      const y = (height - face) * ((k * 0.755) % 1);
      const seen = windows.some((window) => covers(window, x, y, face) && face / window.scale >= 15.9);
      expect(seen, `face of ${face} at ${x}, ${y}`).toBe(true);
    }
  }
});

test('the number of windows stays bounded for enormous photos', () => {
  expect(planWindows({ width: 60000, height: 60000 }, 28).length).toBeLessThan(300);
});
