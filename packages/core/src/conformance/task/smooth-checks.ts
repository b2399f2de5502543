import { expectNear, expectThat } from '../checks/expect.js';
import { noise } from '../checks/noise.js';
import type { Promised } from './check.js';
import { decoded, type Subject } from './subject.js';

export const smoothChecks: readonly Promised[] = [
  [
    'reads the numbers of a result, and writes others in their place',
    (subject) => {
      const { smooth, name } = subject.task;
      if (!smooth) return;
      const [first, second] = pair(subject);
      const [from, to] = [smooth.read(first), smooth.read(second)];
      expectThat(from.length > 0 && from.every(Number.isFinite), `task "${name}" reads no finite numbers`);
      expectNear('numbers of the same result', smooth.read(smooth.write(first, from)), from);
      expectNear('numbers of another result', smooth.read(smooth.write(first, to)), to);
      expectNear('numbers of the first, read again', smooth.read(first), from);
    },
  ],
  [
    'keeps probabilities in 0..1, and their sum',
    (subject) => {
      const { smooth } = subject.task;
      if (smooth?.unit !== 'probability') return;
      const [first, second] = pair(subject);
      const [from, to] = [smooth.read(first), smooth.read(second)];
      const middle = smooth.read(
        smooth.write(
          first,
          from.map((value, i) => (value + to[i]!) / 2),
        ),
      );
      for (const values of [from, to, middle]) {
        expectThat(
          values.every((value) => value >= 0 && value <= 1),
          `probabilities are [${values}]`,
        );
      }
      if (isShared(from) && isShared(to)) expectThat(isShared(middle), `probabilities sum to ${sum(middle)}`);
    },
  ],
];

const pair = (subject: Subject): readonly [unknown, unknown] => [
  decoded(subject, noise(subject.raw, 1, 1)),
  decoded(subject, noise(subject.raw, 1, 2)),
];

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const isShared = (values: readonly number[]): boolean => Math.abs(sum(values) - 1) < 1e-5;
