import { FaceXFormerError } from '../../base/errors.js';
import { sizeOf, type Tensor } from '../../base/tensor.js';
import { expectEqual, expectThat, expectThrown } from '../checks/expect.js';
import { noise } from '../checks/noise.js';
import { expectPlain, unordered } from '../checks/plain.js';
import type { Promised } from './check.js';
import { pictured } from './draw-checks.js';
import { decoded, exampleResults, type Subject } from './subject.js';

export const decodeChecks: readonly Promised[] = [
  [
    'decodes to plain data that is finite and can be written as JSON',
    (subject) => {
      for (const result of exampleResults(subject)) expectPlain(subject.task.name, result);
    },
  ],
  [
    'reads the JSON of a result as that result',
    (subject) => {
      const { json } = subject.task;
      for (const result of json ? exampleResults(subject) : []) {
        expectEqual('the result', json!.read(JSON.parse(JSON.stringify(json!.write(result)))), result);
      }
    },
  ],
  [
    'refuses raw outputs of another shape',
    (subject) => {
      const [first = 0, ...rest] = subject.raw;
      for (const dims of [[first + 1, ...rest], [1, ...subject.raw], []]) {
        expectThrown('BAD_TENSOR', `a raw output of shape [${dims}]`, () => decoded(subject, noise(dims)));
      }
    },
  ],
  [
    'refuses numbers that are not finite',
    (subject) => {
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
        const raw = noise(subject.raw);
        raw.data[raw.data.length - 1] = bad;
        expectThrown('BAD_TENSOR', `a raw output with ${bad}`, () => decoded(subject, raw));
      }
    },
  ],
  [
    'does not change what it decodes',
    (subject) => {
      const raw = noise(subject.raw);
      const before = raw.data.slice();
      const first = JSON.stringify(decoded(subject, raw));
      expectThat(
        before.every((value, i) => value === raw.data[i]),
        'decode has written into the raw output',
      );
      expectEqual('a second result', JSON.parse(JSON.stringify(decoded(subject, raw))), JSON.parse(first));
    },
  ],
  [
    'follows a vocabulary in another order, or refuses it',
    (subject) => {
      const { vocabulary } = subject.task;
      const { labels, signs } = vocabulary;
      if (labels.length < 2 || labels.length !== subject.raw[0]) return;
      const raw = noise(subject.raw);
      const turned = {
        ...vocabulary,
        labels: labels.toReversed(),
        ...(signs && { signs: signs.toReversed() }),
      };
      let result: unknown;
      try {
        result = decoded(subject, reversed(raw), turned);
      } catch (error) {
        if (FaceXFormerError.isInstance(error, 'UNSUPPORTED')) return;
        throw error;
      }
      expectSame(subject, result, decoded(subject, raw));
    },
  ],
];

/** The same numbers from the last row to the first. */
function reversed({ dims, data }: Tensor): Tensor {
  const size = sizeOf(dims.slice(1));
  const rows = Array.from({ length: dims[0]! }, (_, i) => data.subarray(i * size, (i + 1) * size));
  return { dims, data: Float32Array.from(rows.reverse().flatMap((row) => [...row])) };
}

/** Two results mean the same: the same values, whatever their order, and the same picture. */
function expectSame(subject: Subject, actual: unknown, expected: unknown): void {
  expectEqual('the result', unordered(actual), unordered(expected));
  expectEqual('the drawing', pictured(subject, actual), pictured(subject, expected));
}
