import { sizeOf } from '../../base/tensor.js';
import { evaluator } from '../../graph/evaluate/evaluate.js';
import { constant } from '../../graph/ops.js';
import { mirrorImage } from '../../image/view-transform.js';
import type { Learning } from '../../task/learning.js';
import { expectEqual, expectNear, expectThat, expectThrown } from '../checks/expect.js';
import { noise } from '../checks/noise.js';
import type { Promised } from './check.js';
import { labelContext, type Subject } from './subject.js';

export const learningChecks: readonly Promised[] = [
  [
    'encodes labels as targets of their stated size',
    (subject) => {
      const { labels, task } = subject;
      expectThat(labels.length > 0, `give examples of labels of task "${task.name}"`);
      for (const label of labels) {
        const target = encoded(subject, label);
        expectEqual('numbers of a target', target.length, sizeOf(targetShape(subject)));
        expectThat(Array.from(target).every(Number.isFinite), 'a target holds numbers that are not finite');
        expectTarget(learningOf(subject).loss, target);
      }
    },
  ],
  [
    'refuses labels that it does not know',
    (subject) => {
      for (const label of [{ nonsense: true }, Number.NaN, undefined]) {
        expectThrown('BAD_OPTION', `the label ${JSON.stringify(label)}`, () => encoded(subject, label));
      }
    },
  ],
  [
    'gives the same label back when a photo is mirrored twice',
    (subject) => {
      const { transform } = learningOf(subject);
      const mirror = mirrorImage(subject.photo);
      for (const label of subject.labels) {
        const twice = transform ? transform(transform(label, mirror), mirror) : label;
        expectNear('a target', encoded(subject, twice), encoded(subject, label), 1e-4);
      }
    },
  ],
  [
    'has a finite loss for each face',
    (subject) => {
      const { loss } = learningOf(subject);
      const { task, labels, raw } = subject;
      if (typeof loss !== 'function') return; // the named losses are the trainer's
      const targets = labels.map((label) => Float32Array.from(encoded(subject, label)));
      const count = targets.length;
      const answers = constant([count, ...raw], noise([count, ...raw]).data);
      const wanted = constant(
        [count, ...targetShape(subject)],
        targets.flatMap((target) => [...target]),
      );
      const { dims, data } = evaluator({})(loss(answers, wanted, task.vocabulary));
      expectEqual('shape of the loss', dims, [count]);
      expectThat(data.every(Number.isFinite), `the loss is [${data}]`);
    },
  ],
];

function learningOf({ task }: Subject): Learning {
  expectThat(task.learning !== undefined, `task "${task.name}" states no learning`);
  return task.learning;
}

const targetShape = (subject: Subject): readonly number[] =>
  learningOf(subject).target?.(subject.raw) ?? subject.raw;

const encoded = (subject: Subject, label: unknown): ArrayLike<number> =>
  learningOf(subject).encode(label, labelContext(subject));

/** What the named losses need of a target. */
function expectTarget(loss: Learning['loss'], target: ArrayLike<number>): void {
  const values = Array.from(target);
  if (loss === 'crossEntropy') {
    const sum = values.reduce((total, value) => total + value, 0);
    expectThat(Math.abs(sum - 1) < 1e-5, `a target of cross-entropy sums to ${sum}, expected 1`);
  }
  if (loss === 'binaryCrossEntropy') {
    expectThat(
      values.every((value) => value >= 0 && value <= 1),
      'a target of binary cross-entropy lies outside 0..1',
    );
  }
  if (loss === 'mask') {
    expectThat(
      values.every((value) => value === -1 || value === 0 || value === 1),
      'a mask holds other numbers than 0, 1 and -1 (unknown)',
    );
  }
}
