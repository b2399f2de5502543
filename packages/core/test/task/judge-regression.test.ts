import { answerOf, figuresOf } from '@facexformer/test-utils/answer';
import { expect, it } from 'vitest';
import { regress } from '../../src/task/regress.js';

it('a regression averages absolute errors in its own unit', () => {
  const gaze = regress('gaze', { id: 'gaze@1', labels: ['yaw', 'pitch'] }, { range: [-60, 60], unit: '°' });
  const figures = figuresOf(gaze, [
    [answerOf(gaze, [0.5, 0]), { yaw: 20, pitch: 0 }],
    [answerOf(gaze, [0, 0]), [-2, 6]],
  ]);
  expect(figures['gaze.mae.yaw']).toBeCloseTo(6);
  expect(figures['gaze.mae.pitch']).toBeCloseTo(3);
  expect(figures['gaze.mae']).toBeCloseTo(4.5);
  expect(gaze.metrics!.headlines[0]!.unit).toBe('degrees');
  expect(gaze.metrics!.figures([])).toEqual({});
});
