import { landmarks } from '@facexformer/tasks';
import { describe, expect, it } from 'vitest';
import { judgeLandmarks, normalizedMeanError } from '../../src/judges/landmarks.js';
import { answerOf } from '../answer.js';

const indices = Array.from({ length: 68 }, (_, i) => i);
const truth = indices.flatMap((i) => [20 + i * 1.1, 30 + (i % 7) * 2]);

describe('landmarks', () => {
  it('divides the mean distance by that of the outer eye corners (formulas.py)', () => {
    const points = indices.map((i) => ({
      x: truth[2 * i]! + 1.5 * Math.sin(i),
      y: truth[2 * i + 1]! + 1.5 * Math.cos(2 * i),
    }));
    expect(normalizedMeanError(points, truth)).toBeCloseTo(0.1363333551652316, 12);
  });

  it('integrates the cumulative curve up to 8 % and counts failures (formulas.py)', () => {
    const errors = [0.01, 0.025, 0.031, 0.04, 0.055, 0.079, 0.08, 0.12, 0.3];
    const apart = Math.hypot(truth[72]! - truth[90]!, truth[73]! - truth[91]!);
    const verdicts = errors.map((error) => {
      // unit coordinates of the true points moved to the right by `error` eye distances, on a 100 x 100 crop
      const raw = truth.map((value, i) => (2 * (value + (i % 2 ? 0 : error * apart)) + 1) / 100 - 1);
      return judgeLandmarks.judge(answerOf(landmarks(), raw), { points: truth })!;
    });
    const figures = judgeLandmarks.figures(verdicts);
    expect(figures['landmarks.nme']).toBeCloseTo(errors.reduce((a, b) => a + b) / errors.length, 5);
    expect(figures['landmarks.auc8']).toBeCloseTo(0.33333338, 4);
    expect(judgeLandmarks.figures(verdicts.slice(0, 6))['landmarks.failure8']).toBe(0);
    expect(judgeLandmarks.figures(verdicts.slice(7))['landmarks.failure8']).toBe(1);
  });

  it('has no opinion without labels, or when the eyes coincide', () => {
    const answer = answerOf(landmarks(), new Array(136).fill(0));
    expect(judgeLandmarks.judge(answer, {})).toBeUndefined();
    expect(judgeLandmarks.judge(answer, { points: new Array(136).fill(5) })).toBeUndefined();
    expect(judgeLandmarks.figures([])).toEqual({});
  });
});
