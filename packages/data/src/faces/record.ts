import type { Box, Size } from '@facexformer/core';
import { isRecord } from '@facexformer/core/formats';
import { CELEBA_ATTRIBUTES } from '../conventions/celeba-attributes.js';
import { COFW_POINTS, EXPRESSIONS, GENDERS, IBUG_POINTS, RACES } from '../conventions/classes.js';
import {
  type FieldReader,
  fileName,
  flags,
  labelByNumber,
  number,
  numbers,
  pose,
} from '../reading/fields.js';
import type { Labels } from '../sample/sample.js';

/** A line of a set's `<split>.jsonl`, checked; the README of @facexformer/data describes its fields. */
export interface FaceRecord {
  /** Member of the shard. */
  readonly image: string;
  readonly shard: string;
  /** Member of the same shard: CelebAMask-HQ's 19 classes. */
  readonly mask?: string;
  readonly size?: Size;
  readonly box?: Box;
  readonly labels: Labels;
  /** What annotators said of the expression, as shares; only for training. */
  readonly votes?: Labels;
  /** Whom the photo shows; only for evaluation, a model learns people from a teacher. */
  readonly identity?: string;
}

const TASK_NAME = /^[a-z][a-zA-Z0-9]*$/;

/**
 * Reads the fields of a line; those that it does not know are left alone. Tasks that the format has no field for are in
 * `labels`, by their names.
 * @throws {FaceXFormerError} `BAD_OPTION` naming file, line and field.
 */
export function parseRecord({ required, optional }: FieldReader): FaceRecord {
  const image = required('image', 'a file name', fileName);
  const shard = required('shard', 'a file name', fileName);
  const mask = optional('mask', 'a file name', fileName);
  const width = optional('width', 'pixels', number(isPixelCount));
  const height = optional('height', 'pixels', number(isPixelCount));
  const box = optional('box', 'four numbers, left, top, right and bottom', corners);
  const points = numbers(2 * IBUG_POINTS);
  const labels = {
    landmarks: optional('points', `${2 * IBUG_POINTS} numbers`, points),
    headPose: optional('pose', 'yaw, pitch and roll', pose),
    attributes: optional('attributes', '40 times 0 or 1', flags(CELEBA_ATTRIBUTES.length)),
    visibility: optional('hidden', `${COFW_POINTS} times 0 or 1`, flags(COFW_POINTS)),
    age: optional(
      'age',
      'years',
      number((years) => years >= 0),
    ),
    gender: optional('gender', '0 or 1', labelByNumber(GENDERS)),
    race: optional('race', 'a whole number from 0 to 4', labelByNumber(RACES)),
    expression: optional('expression', 'a whole number from 0 to 6', labelByNumber(EXPRESSIONS)),
  };
  const isOther = (name: string): boolean =>
    TASK_NAME.test(name) && name !== 'parsing' && !Object.hasOwn(labels, name);
  const identity = optional('identity', 'a number or a text', (value) =>
    typeof value === 'number' || typeof value === 'string' ? String(value) : undefined,
  );
  const votes = expressionShares(optional('votes', `${EXPRESSIONS.length} counts`, counts) ?? []);
  return {
    image,
    shard,
    ...(mask !== undefined && { mask }),
    ...(width !== undefined && height !== undefined && { size: { width, height } }),
    ...(box && { box }),
    ...(votes && { votes: { expression: votes } }),
    ...(identity && { identity }),
    labels: {
      ...Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== undefined)),
      ...optional('labels', 'an object of values by name of tasks that have no field', (value) =>
        isRecord(value) && Object.keys(value).every(isOther) ? value : undefined,
      ),
    },
  };
}

const counts = numbers(EXPRESSIONS.length, (count) => Number.isInteger(count) && count >= 0);

/**
 * What annotators saw, as the share of each expression; a single vote against the rest is taken for a slip, as by FER+
 * (arXiv 1608.01041). Undefined where fewer than half of ten agree on anything.
 */
function expressionShares(votes: readonly number[]): Readonly<Record<string, number>> | undefined {
  const kept = votes.map((count) => (count > 1 ? count : 0));
  const sum = kept.reduce((all, count) => all + count, 0);
  if (sum < FEWEST_VOTES) return undefined;
  return Object.fromEntries(EXPRESSIONS.flatMap((name, i) => (kept[i]! > 0 ? [[name, kept[i]! / sum]] : [])));
}

/** Of ten: the others saw contempt, nothing certain, or no face. */
const FEWEST_VOTES = 5;

const isPixelCount = (value: number): boolean => Number.isInteger(value) && value > 0;

/** Left, top, right and bottom, counted from the centre of the first pixel, and perhaps a score, as a box. */
export function corners(value: unknown): Box | undefined {
  const list = numbers(4)(value) ?? numbers(5)(value);
  if (!list) return undefined;
  const [left, top, right, bottom] = list as readonly [number, number, number, number];
  return { x: left + 0.5, y: top + 0.5, width: right - left, height: bottom - top };
}
