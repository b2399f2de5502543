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

it('groups faces by how far they are turned to either side', () => {
  const { group, predictedGroup } = headPose().metrics!;
  const bands = [0, 14.9, -15, 44, -60, 90].map((yaw) => group!({ yaw, pitch: 0, roll: 0 }));
  expect(bands).toEqual([
    '0-15 degrees',
    '0-15 degrees',
    '15-30 degrees',
    '30-45 degrees',
    '60+ degrees',
    '60+ degrees',
  ]);
  expect(predictedGroup!(answer.result)).toBe('15-30 degrees');
});
