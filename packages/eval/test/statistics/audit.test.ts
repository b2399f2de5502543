import { multiLabel, type Task } from '@facexformer/core';
import { answerOf } from '@facexformer/test-utils/answer';
import { expect, it } from 'vitest';
import type { Outcome } from '../../src/judging/evaluate.js';
import { judgedTasks } from '../../src/judging/figures.js';
import { audit } from '../../src/statistics/audit.js';

const worn: Task = multiLabel('worn', { id: 'worn@1', labels: ['hat', 'scarf'] });

/** A face of a group whose hat is seen or not; of the scarf there is a true one or none. */
const face = (group: string, seen: boolean, hat: boolean, scarf: boolean): Outcome => {
  const answer = answerOf(worn, [seen ? 1 : -1, 1]);
  const verdict = worn.metrics!.judge(answer, { hat: Number(hat), scarf: Number(scarf) })!;
  return { name: 'x', set: 'mine', detected: true, verdicts: { worn: verdict }, groups: { group } };
};
const auditOf = (outcomes: readonly Outcome[]) => judgedTasks(outcomes, [worn]).flatMap(audit);

it('compares groups of at least thirty faces', () => {
  const people = Array.from({ length: 30 }, (_, i) => [
    face('tall', true, true, true),
    face('short', i % 2 > 0, true, true),
  ]).flat();
  const rare = face('rare', false, true, true);
  const [accuracy] = auditOf([...people, rare]);
  expect(accuracy!.headline.figure).toBe('worn.accuracy');
  expect(accuracy!.groups.map(({ group, n, value }) => [group, n, value])).toEqual([
    ['short', 30, 0.75],
    ['tall', 30, 1],
  ]);
  expect(accuracy!.gap.value).toBe(0.25);
  expect(auditOf([...people.slice(0, 58), rare])).toEqual([]);
});

it('compares means of the parts that every group has', () => {
  // scarves are all right where they are worn, but one group wears none: balanced accuracy is that of hats alone
  const people = Array.from({ length: 60 }, (_, i) => [
    face('tall', true, i % 2 > 0, i % 3 > 0),
    face('short', true, i % 2 > 0, true),
  ]).flat();
  const balanced = auditOf(people).find(({ headline }) => headline.figure === 'worn.balanced')!;
  expect(balanced.groups.map(({ value }) => value)).toEqual([0.5, 0.5]);
});
