import { expect, test } from 'vitest';
import { mergeCandidates } from '../src/suppress.ts';

const box = (left: number, top: number, side: number, score: number) => ({
  left,
  top,
  right: left + side,
  bottom: top + side,
  score,
  keypoints: [{ x: left, y: top }],
});

test('candidates of one face become their mean weighted by score', () => {
  const [face, ...others] = mergeCandidates([box(12, 0, 100, 0.3), box(0, 0, 100, 0.9)]);
  expect(others).toEqual([]);
  expect(face).toMatchObject({ left: 3, right: 103, score: 0.9 });
  expect(face!.keypoints[0]!.x).toBeCloseTo(3);
});

test('neighbours stay apart, best first', () => {
  const faces = mergeCandidates([box(0, 0, 100, 0.7), box(60, 0, 100, 0.9), box(500, 0, 10, 0.8)]);
  expect(faces.map(({ score }) => score)).toEqual([0.9, 0.8, 0.7]);
});
