import { FaceXFormerError } from '../base/errors.js';
import { kindOf } from '../base/record.js';
import type { Vocabulary } from './vocabulary.js';

/** A vocabulary whose labels the compiler knows. */
export type Labels<Label extends string> = Vocabulary & { readonly labels: readonly Label[] };

/**
 * Checks the labels of a task that is being made.
 * @throws {FaceXFormerError} `BAD_OPTION` for too few, empty or equal labels.
 */
export function checkLabels(task: string, { id, labels }: Vocabulary, fewest: number): void {
  const texts = Array.isArray(labels) && labels.every((label) => typeof label === 'string' && label !== '');
  if (typeof id !== 'string' || !texts || labels.length < fewest || new Set(labels).size < labels.length) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `task "${task}" needs a vocabulary with an id and at least ${fewest} different labels, not ${kindOf(labels)}`,
    );
  }
}

/** @throws {FaceXFormerError} `BAD_OPTION` naming the option. */
export function checkOption(
  task: string,
  option: string,
  ok: boolean,
  expected: string,
  actual: unknown,
): void {
  if (ok) return;
  throw new FaceXFormerError(
    'BAD_OPTION',
    `option "${option}" of task "${task}" must be ${expected}, not ${kindOf(actual)}`,
  );
}

/** A label of the data that a task cannot use. */
export const unknownLabel = (task: string, label: unknown, expected: string): FaceXFormerError =>
  new FaceXFormerError('BAD_OPTION', `task "${task}" cannot use ${kindOf(label)} as a label: ${expected}`, {
    details: { task, label },
  });

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
