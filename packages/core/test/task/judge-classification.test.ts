import { answerOf, choose, figuresOf } from '@facexformer/test-utils/answer';
import { expect, it } from 'vitest';
import { classify } from '../../src/task/classify.js';

const hat = classify('hat', { id: 'hat@1', labels: ['none', 'cap', 'helmet'] });

it('is right where the label is, not the index', () => {
  const right = [answerOf(hat, choose(3, 1)), 'cap'] as const;
  const wrong = [answerOf(hat, choose(3, 0)), 'cap'] as const;
  expect(figuresOf(hat, [right, wrong, wrong, wrong])).toEqual({ 'hat.accuracy': 0.25 });
  expect(hat.metrics!.judge(...right)!.target).toBe(1);
  const turned = { ...hat, vocabulary: { id: 'x', labels: ['helmet', 'cap', 'none'] } };
  expect(figuresOf(hat, [[answerOf(turned, choose(3, 0)), 'helmet']])).toEqual({ 'hat.accuracy': 1 });
});

it('refuses labels that it does not know, without repeating them', () => {
  const answer = answerOf(hat, choose(3, 0));
  expect(() => figuresOf(hat, [[answer, 'a\u001b[2J']])).toThrow('cannot use a text of 5 characters');
});

it('has no figures of no faces', () => {
  expect(hat.metrics!.figures([])).toEqual({});
});
