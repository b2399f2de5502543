import { FaceXFormerError } from '../base/errors.js';
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
      `task "${task}" needs a vocabulary with an id and at least ${fewest} different labels, not ${JSON.stringify({ id, labels })}`,
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
    `option "${option}" of task "${task}" must be ${expected}, not ${JSON.stringify(actual)}`,
  );
}

/** A label of the data that a task cannot use. */
export const unknownLabel = (task: string, label: unknown, expected: string): FaceXFormerError =>
  new FaceXFormerError(
    'BAD_OPTION',
    `task "${task}" does not know the label ${JSON.stringify(label)?.slice(0, 80)}: ${expected}`,
    { details: { task, label } },
  );

/** Fields of a label written as an object; undefined for anything else. */
export const fieldsOf = (label: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof label === 'object' && label !== null && !Array.isArray(label)
    ? (label as Readonly<Record<string, unknown>>)
    : undefined;
