import { answerOf, figuresOf } from '@facexformer/test-utils/answer';
import { expect, it } from 'vitest';
import { embed } from '../../src/task/embed.js';
import type { Task } from '../../src/task/task.js';

const person = embed('person', { size: 2 });
const face = (angle: number, label: string) =>
  [answerOf(person, [Math.cos(angle), Math.sin(angle)]), label] as const;

it('is right where the others with its label are nearest', () => {
  const faces = [face(0, 'a'), face(0.1, 'a'), face(1.5, 'b'), face(0.2, 'b'), face(1.6, 'b')];
  expect(figuresOf(person, faces)).toEqual({ 'person.nearest': 0.8 }); // b at 0.2 is more like a
});

it('is not its own neighbour, however often it is drawn', () => {
  const { metrics }: Task = person;
  const verdict = metrics!.judge(...face(0, 'a'))!;
  const other = metrics!.judge(...face(1, 'b'))!;
  expect(metrics!.figures([verdict, verdict, other])).toEqual({});
});

it('has no figures of no faces', () => {
  expect(person.metrics!.figures([])).toEqual({});
});
