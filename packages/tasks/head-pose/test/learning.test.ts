import { mirrorImage, type ViewTransform } from '@facexformer/core/image';
import { expect, it } from 'vitest';
import { learning } from '../src/learning.js';
import { vocabulary } from '../src/vocabulary.js';

const photo = { width: 100, height: 100 };
const context = { crop: { x: 0, y: 0, ...photo }, raw: [3], vocabulary, classes: [] };
const still: ViewTransform = { ...mirrorImage(photo), matrix: [1, 0, 0, 1, 0, 0], mirrored: false };
const close = (pitch: number, yaw: number, roll: number) => ({
  pitch: expect.closeTo(pitch),
  yaw: expect.closeTo(yaw),
  roll: expect.closeTo(roll),
});

it('states radians in head order, by the signs of the checkpoint', () => {
  const pose = { yaw: 90, pitch: -18, roll: 45 };
  const radians = (values: ArrayLike<number>) => Array.from(values, (value) => value / Math.PI);
  expect(radians(learning.encode(pose, context))).toEqual([-0.1, 0.5, 0.25].map((x) => expect.closeTo(x)));
  const signs = { ...context, vocabulary: { ...vocabulary, signs: [1, -1, 1] } };
  expect(radians(learning.encode(pose, signs))[1]).toBeCloseTo(-0.5);
});

it('turns the pose with the photo, by the convention of 300W-LP', () => {
  const pose = { yaw: 20, pitch: -10, roll: 5 };
  expect(learning.transform!(pose, still)).toEqual(close(-10, 20, 5));
  expect(learning.transform!(pose, mirrorImage(photo))).toEqual(close(-10, -20, -5));
  const frontal = { yaw: 0, pitch: 0, roll: 0 };
  expect(learning.transform!(frontal, { ...still, rotation: 30 })).toEqual(close(0, 0, 30));
  const there = learning.transform!(pose, { ...still, rotation: 25 });
  expect(learning.transform!(there, { ...still, rotation: -25 })).toEqual(close(-10, 20, 5));
});

it('refuses what is not a pose', () => {
  expect(() => learning.encode({ yaw: 1 }, context)).toThrow('yaw, pitch and roll');
});

it('wants profiles repeated, on both sides alike', () => {
  const times = [0, 24, 25, -25, 35, -44, 60, 80].map((yaw) => learning.repeats!({ yaw, pitch: 0, roll: 0 }));
  expect(times).toEqual([1, 1, 2, 2, 3, 3, 5, 5]);
});
