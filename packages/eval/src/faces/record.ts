import { FaceXFormerError, VOCABULARIES } from '@facexformer/core';
import type { Labels, PoseAngles } from '../sample.js';

const POINTS = 68;
const { gender: genders, race: races, expression: expressions, attributes, visibility } = VOCABULARIES;

/** A line of `<split>.jsonl` in the format of `shared/faces`, checked. */
export interface FaceRecord {
  /** Member of the shard. */
  readonly image: string;
  readonly shard: string;
  /** Member of the same shard. */
  readonly mask?: string;
  readonly labels: Omit<Labels, 'mask'>;
}

type Json = Readonly<Record<string, unknown>>;

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isFileName = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && !/[\\\0]|(^|\/)\.\.(\/|$)|^\//.test(value);

/**
 * Reads a line, trusting nothing; fields that it does not know are left alone.
 * @param where file and line, for messages
 * @throws {FaceXFormerError} `BAD_OPTION` naming the place and the field.
 */
export function parseRecord(line: string, where: string): FaceRecord {
  const json = parseJson(line, where);
  const bad = (field: string, expected: string): never => {
    const value = JSON.stringify(json[field])?.slice(0, 40);
    throw new FaceXFormerError('BAD_OPTION', `${where}: "${field}" must be ${expected}, not ${value}`);
  };
  const optional = <T>(
    field: string,
    expected: string,
    read: (value: unknown) => T | undefined,
  ): T | undefined => {
    const value = json[field];
    return value === undefined || value === null ? undefined : (read(value) ?? bad(field, expected));
  };
  const numbers = (length: number, fits: (value: number) => boolean) => (value: unknown) =>
    Array.isArray(value) && value.length === length && value.every((item) => isNumber(item) && fits(item))
      ? (value as readonly number[])
      : undefined;
  const flags = (length: number) => numbers(length, (value) => value === 0 || value === 1);
  const label =
    <Label extends string>(labels: readonly Label[]) =>
    (value: unknown) =>
      typeof value === 'number' ? labels[value] : undefined;
  const fileName = (field: string) =>
    optional(field, 'a file name', (value) => (isFileName(value) ? value : undefined));

  const mask = fileName('mask');
  const all = {
    points: optional(
      'points',
      `${2 * POINTS} numbers`,
      numbers(2 * POINTS, () => true),
    ),
    pose: optional('pose', 'yaw, pitch and roll', poseOf),
    attributes: optional('attributes', '40 times 0 or 1', flags(attributes.labels.length)),
    hidden: optional('hidden', '29 times 0 or 1', flags(visibility.labels.length)),
    age: optional('age', 'years', (value) => (isNumber(value) && value >= 0 ? value : undefined)),
    gender: optional('gender', '0 or 1', label(genders.labels)),
    race: optional('race', 'a whole number from 0 to 4', label(races.labels)),
    expression: optional('expression', 'a whole number from 0 to 6', label(expressions.labels)),
  };
  const labels = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return {
    image: fileName('image') ?? bad('image', 'a file name'),
    shard: fileName('shard') ?? bad('shard', 'a file name'),
    ...(mask !== undefined && { mask }),
    labels,
  };
}

function parseJson(line: string, where: string): Json {
  try {
    const json: unknown = JSON.parse(line);
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Json;
  } catch (cause) {
    throw new FaceXFormerError('BAD_OPTION', `${where} is broken JSON`, { cause });
  }
  throw new FaceXFormerError('BAD_OPTION', `${where} is no JSON object`);
}

function poseOf(value: unknown): PoseAngles | undefined {
  const { yaw, pitch, roll } = (typeof value === 'object' && value !== null ? value : {}) as Json;
  return isNumber(yaw) && isNumber(pitch) && isNumber(roll) ? { yaw, pitch, roll } : undefined;
}
