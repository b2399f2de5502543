import { demand, having, OBJECT } from '../../base/arguments.js';
import type { Tensor } from '../../base/tensor.js';
import { input, parameter } from '../../graph/ops.js';
import { BATCH, type Value } from '../../graph/value.js';
import type { Box, Size } from '../../image/geometry.js';
import type { HeadContext } from '../../task/head.js';
import type { LabelContext } from '../../task/learning.js';
import { type Task, TOKENS } from '../../task/task.js';
import type { Vocabulary } from '../../task/vocabulary.js';
import { noise } from '../checks/noise.js';
import { exampleLabels } from './example-labels.js';

/** What a task's author states for the checks of learning and metrics. */
export interface TaskExamples {
  /**
   * Some different labels, as data sets write them; places in them are pixels of the photo. Tasks of the factories have
   * examples of their own.
   */
  readonly labels?: readonly unknown[];
  /** Size of the photo that the labels belong to; 64 x 64 by default. */
  readonly photo?: Size;
  /** The raw output that says a target, for a task whose loss is a function. */
  readonly perfect?: (target: ArrayLike<number>) => ArrayLike<number>;
}

/** A task under test, and what its head makes. */
export interface Subject {
  readonly task: Task;
  /** Examples of labels. */
  readonly labels: readonly unknown[];
  readonly perfect: TaskExamples['perfect'];
  /** Shape of the raw output of one face. */
  readonly raw: readonly number[];
  readonly photo: Size;
  /** The whole photo. */
  readonly crop: Box;
}

const SMALL = having('a task { tokens, vocabulary }', { tokens: TOKENS, vocabulary: OBJECT });

/** What a head is built on in a small network: 64 channels, a face of 16 x 16, an input of 64 x 64 pixels. */
export const smallHeadContext = (
  task: Pick<Task, 'tokens' | 'vocabulary'>,
  own: Vocabulary = task?.vocabulary,
): HeadContext => ({
  tokens: input('tokens', [BATCH, demand(task, SMALL, 'smallHeadContext: task').tokens, 64]),
  face: { tokens: input('face', [BATCH, 256, 64]), height: 16, width: 16 },
  dim: 64,
  input: { height: 64, width: 64 },
  vocabulary: own,
  parameter,
});

/** Builds the head of a task. */
export const headOf = (task: Task): Value => task.head(smallHeadContext(task));

/** @throws whatever the task's head throws. */
export function subjectOf(task: Task, examples: TaskExamples): Subject {
  const { photo = { width: 64, height: 64 }, perfect } = examples;
  const labels = examples.labels ?? exampleLabels(task, photo);
  const raw = headOf(task).shape.slice(1) as readonly number[];
  return { task, labels, perfect, raw, photo, crop: { x: 0, y: 0, ...photo } };
}

/** What the task makes of a raw output over the whole photo. */
export const decoded = ({ task, crop }: Subject, raw: Tensor, vocabulary = task.vocabulary): unknown =>
  task.decode(raw, { crop, vocabulary });

/** Results of small, usual and large raw outputs. */
export const exampleResults = (subject: Subject): readonly unknown[] =>
  [0, 1, 1000].map((scale, seed) => decoded(subject, noise(subject.raw, scale, seed + 1)));

/** How labels are encoded: over the whole photo. */
export const labelContext = ({ task, labels, raw, crop }: Subject): LabelContext => ({
  crop,
  raw,
  vocabulary: task.vocabulary,
  classes: [...new Set(labels.map(String))],
});
