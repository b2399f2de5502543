import { classify, type Task } from '@facexformer/core';
import type { Sample } from '@facexformer/data';
import { expect, it } from 'vitest';
import { groupsOf } from '../../src/judging/groups.js';

const hat = classify('hat', { id: 'hat@1', labels: ['none', 'cap'] });
const tasks: readonly Task[] = [
  hat,
  { ...hat, name: 'team', metrics: { ...hat.metrics!, group: String, predictedGroup: String } },
];
const sample: Sample = { name: 'a', set: 'mine', image: 'a', labels: {} };
const results = { hat: 'cap', team: 'red' };

it('knows a group by the label', () => {
  expect(groupsOf(tasks, { ...sample, labels: { hat: 'cap', team: 'blue' } }, results)).toEqual({
    team: 'blue',
  });
});

it('knows what the set tells beside its labels', () => {
  const groups = { team: 'green', size: 'small' };
  expect(groupsOf(tasks, { ...sample, groups }, results)).toEqual(groups);
  expect(groupsOf(tasks, { ...sample, groups, labels: { team: 'blue' } }, results)).toEqual({
    team: 'blue',
    size: 'small',
  });
});

it('takes the answer where nothing is known, and says so', () => {
  expect(groupsOf(tasks, sample, results)).toEqual({ 'team (predicted)': 'red' });
});
