import { answerOf, figuresOf } from '@facexformer/test-utils/answer';
import { expect, it } from 'vitest';
import { headPose } from '../src/index.js';

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const answer = answerOf(headPose(), [10, -20, 170].map(radians)); // pitch, yaw, roll

it('averages the absolute error of each axis, the short way round', () => {
  const figures = figuresOf(headPose(), [
    [answer, { yaw: -14, pitch: 13, roll: -178 }],
    [answer, { yaw: -20, pitch: 10, roll: 170 }],
  ]);
  expect(figures['headPose.mae.yaw']).toBeCloseTo(3, 4);
  expect(figures['headPose.mae.pitch']).toBeCloseTo(1.5, 4);
  expect(figures['headPose.mae.roll']).toBeCloseTo(6, 4);
  expect(figures['headPose.mae']).toBeCloseTo(3.5, 4);
});

it('refuses labels without three angles', () => {
  expect(() => figuresOf(headPose(), [[answer, { yaw: 1, pitch: '2' }]])).toThrow('yaw, pitch and roll');
});
