import { VOCABULARIES } from '@facexformer/core';
import { age, attributes, expression, gender, headPose, race } from '@facexformer/tasks';
import { describe, expect, it } from 'vitest';
import { binOf, decadeOf, judgeAge } from '../../src/judges/age.js';
import { judgeAttributes } from '../../src/judges/attributes.js';
import { judgeExpression, judgeGender, judgeRace } from '../../src/judges/classification.js';
import { judgeHeadPose } from '../../src/judges/head-pose.js';
import { answerOf, choose } from '../answer.js';

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

it('head pose: mean absolute error of each axis, the short way round', () => {
  const answer = answerOf(headPose(), [10, -20, 170].map(radians)); // pitch, yaw, roll
  const verdicts = [
    judgeHeadPose.judge(answer, { pose: { yaw: -14, pitch: 13, roll: -178 } })!,
    judgeHeadPose.judge(answer, { pose: { yaw: -20, pitch: 10, roll: 170 } })!,
  ];
  const figures = judgeHeadPose.figures(verdicts);
  expect(figures['headPose.mae.yaw']).toBeCloseTo(3, 4);
  expect(figures['headPose.mae.pitch']).toBeCloseTo(1.5, 4);
  expect(figures['headPose.mae.roll']).toBeCloseTo(6, 4);
  expect(figures['headPose.mae']).toBeCloseTo(3.5, 4);
});

it('attributes: plain and balanced accuracy by hand', () => {
  const face = (attribute0: number, truth0: number) => {
    const truth = VOCABULARIES.attributes.labels.map((_, i) => (i === 0 ? truth0 : 0));
    const raw = VOCABULARIES.attributes.labels.map((_, i) => (i === 0 ? attribute0 : -1));
    return judgeAttributes.judge(answerOf(attributes(), raw), { attributes: truth })!;
  };
  // first attribute: three of four negatives right, one of two positives
  const verdicts = [face(-1, 0), face(-2, 0), face(-1, 0), face(3, 0), face(1, 1), face(-1, 1)];
  const figures = judgeAttributes.figures(verdicts);
  expect(figures['attributes.accuracy.5_o_Clock_Shadow']).toBeCloseTo(4 / 6);
  expect(figures['attributes.balanced.5_o_Clock_Shadow']).toBeCloseTo((3 / 4 + 1 / 2) / 2);
  expect(figures['attributes.accuracy']).toBeCloseTo((39 + 4 / 6) / 40);
  expect(figures['attributes.balanced']).toBeCloseTo(0.625); // the others have no positives
  expect(figures['attributes.balanced.Young']).toBeUndefined();
});

describe('one label of several', () => {
  it.each([
    [judgeGender, gender(), { gender: 'female' }, 1],
    [judgeRace, race(), { race: 'Indian' }, 3],
    [judgeExpression, expression(), { expression: 'disgust' }, 5],
  ] as const)('%# is right where the label is, not the index', (judge, task, truth, index) => {
    const labels = [...task.vocabulary.labels];
    const right = judge.judge(answerOf(task, choose(labels.length, index)), truth)!;
    const wrong = judge.judge(answerOf(task, choose(labels.length, 0)), truth)!;
    expect(judge.figures([right, wrong, wrong, wrong])).toEqual({ [`${judge.task}.accuracy`]: 0.25 });
    expect(right.target).toBe(index);
    const turned = { ...task, vocabulary: { ...task.vocabulary, labels: labels.toReversed() } };
    const swapped = judge.judge(answerOf(turned, choose(labels.length, labels.length - 1 - index)), truth)!;
    expect(swapped.sums[1]).toBe(1);
  });
});

describe('age', () => {
  it('takes years from the estimate and the decade from the bins', () => {
    const sure = answerOf(age(), choose(8, 2, 60)); // 20-29: 24.5 years
    const figures = judgeAge.figures([
      judgeAge.judge(sure, { age: 21 })!,
      judgeAge.judge(sure, { age: 34.5 })!,
      judgeAge.judge(sure, { age: { from: 20, to: 29 } })!,
    ]);
    expect(figures['age.mae']).toBeCloseTo((3.5 + 10) / 2);
    expect(figures['age.bin']).toBeCloseTo(2 / 3);
  });

  it('finds bins and decades', () => {
    expect([0, 9.9, 10, 69, 70, 116].map(decadeOf)).toEqual([0, 0, 1, 6, 7, 7]);
    const labels = ['0-2', '3-6', '31', '70+'];
    expect([0, 2.9, 3, 31, 31.5, 32, 99].map((years) => binOf(labels, years))).toEqual([
      0, 0, 1, 2, 2, -1, 3,
    ]);
  });
});
