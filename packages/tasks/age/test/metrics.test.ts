import { answerOf, choose, figuresOf } from '@facexformer/test-utils/answer';
import { expect, it } from 'vitest';
import { age } from '../src/index.js';
import { binOf, decadeOf, groupOf } from '../src/metrics.js';

const sure = answerOf(age(), choose(8, 2, 60)); // 20-29: 24.5 years

it('takes years from the estimate and the decade from the bins', () => {
  const figures = figuresOf(age(), [
    [sure, 21],
    [sure, 34.5],
    [sure, { from: 20, to: 29 }],
  ]);
  expect(figures['age.mae']).toBeCloseTo((3.5 + 10) / 2);
  expect(figures['age.bin']).toBeCloseTo(2 / 3);
});

it('finds bins, decades and groups', () => {
  expect([0, 9.9, 10, 69, 70, 116].map(decadeOf)).toEqual([0, 0, 1, 6, 7, 7]);
  const labels = ['0-2', '3-6', '31', '70+'];
  expect([0, 2.9, 3, 31, 31.5, 32, 99].map((years) => binOf(labels, years))).toEqual([0, 0, 1, 2, 2, -1, 3]);
  expect([0, 9.9, 19, 20, 59, 60, 116].map(groupOf)).toEqual([
    '0-9',
    '0-9',
    '10-19',
    '20-39',
    '40-59',
    '60+',
    '60+',
  ]);
});

it('groups people by label and by answer', () => {
  const { metrics } = age();
  expect(metrics!.group!(70)).toBe('60+');
  expect(metrics!.group!({ from: 3, to: 9 })).toBe('0-9');
  expect(metrics!.predictedGroup!(sure.result)).toBe('20-39');
});

it.each([-1, 'old', { from: 9, to: 3 }, undefined])('refuses the label %j', (label) => {
  expect(() => figuresOf(age(), [[sure, label]])).toThrow('it needs years');
});
