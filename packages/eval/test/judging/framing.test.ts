import { expect, it } from 'vitest';
import { mainFace, placedFace } from '../../src/judging/framing.js';

const size = { width: 100, height: 100 };

it('takes the largest face over the centre, or else the nearest', () => {
  const face = (x: number, y: number, side: number) => ({ box: { x, y, width: side, height: side } });
  const [corner, small, large, aside] = [
    face(0, 0, 45),
    face(45, 45, 10),
    face(20, 20, 60),
    face(60, 60, 39),
  ];
  expect(mainFace([corner, small, large, aside], size)).toBe(large);
  expect(mainFace([corner, aside], size)).toBe(corner);
  expect(mainFace([], size)).toBeUndefined();
});

it('places a square where nobody was found, in whole pixels', () => {
  const place = { x: 0.1, y: 0.2, width: 0.505, height: 0.505 };
  expect(placedFace(place, size).crop).toEqual({ x: 10, y: 20, width: 51, height: 51 });
  expect(placedFace(undefined, { width: 30, height: 20 })).toEqual({
    box: { x: 5, y: 0, width: 20, height: 20 },
    score: 0,
    crop: { x: 5, y: 0, width: 20, height: 20 },
  });
});
