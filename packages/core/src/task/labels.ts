import { demand, nameOf, OBJECT, TEXT } from '../base/arguments.js';
import { FaceXFormerError } from '../base/errors.js';
import { isRecord, kindOf } from '../base/record.js';
import type { Vocabulary } from './vocabulary.js';

/** A vocabulary whose labels the compiler knows. */
export type Labels<Label extends string> = Vocabulary & { readonly labels: readonly Label[] };

/**
 * Checks the labels of a task that is being made.
 * @throws {FaceXFormerError} `BAD_OPTION` for too few, empty or equal labels.
 */
export function checkLabels(task: string, vocabulary: Vocabulary, fewest: number): void {
  demand(task, TEXT, 'the name of a task');
  const { id, labels } = demand(vocabulary, OBJECT, `vocabulary of task ${nameOf(task)}`);
  const texts = Array.isArray(labels) && labels.every((label) => typeof label === 'string' && label !== '');
  if (!TEXT.fits(id) || !texts || labels.length < fewest || new Set(labels).size < labels.length) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `task ${nameOf(task)} needs a vocabulary with an id and at least ${fewest} different labels, not ${kindOf(labels)}`,
    );
  }
}

/** A label of the data that a task cannot use. */
export const unknownLabel = (task: string, label: unknown, expected: string): FaceXFormerError =>
  new FaceXFormerError(
    'BAD_OPTION',
    `task ${nameOf(task)} cannot use ${kindOf(label)} as a label: ${expected}`,
    {
      details: { task, label },
    },
  );

/**
 * A label that is a list of `count` numbers.
 * @throws {FaceXFormerError} `BAD_OPTION`.
 */
export const numberList = (task: string, label: unknown, count: number): readonly number[] =>
  list(task, label, count, 'numbers', Number.isFinite);

/**
 * A label that is a list of `count` times 0 or 1.
 * @throws {FaceXFormerError} `BAD_OPTION`.
 */
export const flagList = (task: string, label: unknown, count: number): readonly number[] =>
  list(task, label, count, 'times 0 or 1', (value) => value === 0 || value === 1);

function list(
  task: string,
  label: unknown,
  count: number,
  what: string,
  fits: (value: unknown) => boolean,
): readonly number[] {
  if (Array.isArray(label) && label.length === count && label.every(fits)) return label;
  throw unknownLabel(task, label, `it needs a list of ${count} ${what}`);
}

/** How far the shares of a label may be from 1 in sum: they are written with a few digits. */
const ROUNDING = 0.01;

/**
 * One of `labels`, or an object with the share of some of them, as a share for each: they sum to 1.
 * @throws {FaceXFormerError} `BAD_OPTION` for anything else.
 */
export function sharesOf(task: string, label: unknown, labels: readonly string[]): readonly number[] {
  const given = isRecord(label) ? label : typeof label === 'string' ? { [label]: 1 } : {};
  const shares = labels.map((name) => (Object.hasOwn(given, name) ? given[name] : 0));
  const isShares = shares.every((share): share is number => typeof share === 'number' && share >= 0);
  if (isShares && Object.keys(given).every((name) => labels.includes(name))) {
    const sum = shares.reduce((all, share) => all + share, 0);
    if (Math.abs(sum - 1) < ROUNDING) return shares.map((share) => share / sum);
  }
  throw unknownLabel(task, label, `it knows ${labels.join(', ')}, or shares of them that sum to 1`);
}
