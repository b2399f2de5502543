import { expect, test } from 'vitest';
import { suppressNonMaxima } from '../src/non-maximum-suppression.ts';

const box = (x: number, y: number, side: number, score: number) => ({
  box: { x, y, width: side, height: side },
  score,
  keypoints: [{ x, y }],
});

test('candidates of one face become their mean weighted by score', () => {
  const [face, ...others] = suppressNonMaxima([box(12, 0, 100, 0.3), box(0, 0, 100, 0.9)]);
  expect(others).toEqual([]);
  expect(face).toMatchObject({ box: { x: 3, width: 100 }, score: 0.9 });
  expect(face!.keypoints[0]!.x).toBeCloseTo(3);
});

test('neighbours stay apart, best first', () => {
  const faces = suppressNonMaxima([box(0, 0, 100, 0.7), box(60, 0, 100, 0.9), box(500, 0, 10, 0.8)]);
  expect(faces.map(({ score }) => score)).toEqual([0.9, 0.8, 0.7]);
});
