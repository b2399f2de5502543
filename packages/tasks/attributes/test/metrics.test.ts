import { answerOf, figuresOf } from '@facexformer/test-utils/answer';
import { expect, it } from 'vitest';
import { attributes } from '../src/index.js';

const { labels } = attributes().vocabulary;
const of = (first: number, others: number): readonly number[] => labels.map((_, i) => (i ? others : first));

it('tells plain and balanced accuracy of each attribute, and their means', () => {
  // first attribute: three of four negatives right, one of two positives
  const faces = [
    [-1, 0],
    [-2, 0],
    [-1, 0],
    [3, 0],
    [1, 1],
    [-1, 1],
  ] as const;
  const figures = figuresOf(
    attributes(),
    faces.map(([logit, truth]) => [answerOf(attributes(), of(logit, -1)), of(truth, 0)]),
  );
  expect(figures['attributes.accuracy.5_o_Clock_Shadow']).toBeCloseTo(4 / 6);
  expect(figures['attributes.balanced.5_o_Clock_Shadow']).toBeCloseTo((3 / 4 + 1 / 2) / 2);
  expect(figures['attributes.accuracy']).toBeCloseTo((39 + 4 / 6) / 40);
  expect(figures['attributes.balanced']).toBeCloseTo(0.625); // the others have no positives
  expect(figures['attributes.balanced.Young']).toBeUndefined();
});

it('refuses labels that are not 40 times 0 or 1', () => {
  const answer = answerOf(attributes(), of(0, 0));
  expect(() => figuresOf(attributes(), [[answer, of(-1, 1)]])).toThrow('40 times 0 or 1');
});
