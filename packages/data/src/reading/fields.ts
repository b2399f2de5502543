import { isRecord, kindOf } from '@facexformer/core/formats';
import type { PoseAngles } from '../conventions/pose.js';
import { refuse } from './errors.js';
import type { Entry } from './lines.js';

/** Turns a value into what a field holds; undefined for a value that does not fit. */
type Read<T> = (value: unknown) => T | undefined;

/** Reads the fields of an entry, of which nothing is believed. */
export interface FieldReader {
  /** @throws {FaceXFormerError} `BAD_OPTION` naming file, line and field. */
  required<T>(field: string, expected: string, read: Read<T>): T;
  /** Undefined where the field is absent or null. @throws {FaceXFormerError} as `required`. */
  optional<T>(field: string, expected: string, read: Read<T>): T | undefined;
}

export function fieldReader({ fields, where }: Entry): FieldReader {
  const required = <T>(field: string, expected: string, read: Read<T>): T => {
    const value = read(fields[field]);
    if (value !== undefined) return value;
    return refuse(where, `"${field}" must be ${expected}, not ${kindOf(fields[field])}`);
  };
  return {
    required,
    optional: (field, expected, read) =>
      fields[field] === undefined || fields[field] === null ? undefined : required(field, expected, read),
  };
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** A finite number that fits. */
export const number =
  (fits: (value: number) => boolean = () => true): Read<number> =>
  (value) =>
    isNumber(value) && fits(value) ? value : undefined;

/** A list of `length` finite numbers that fit. */
export const numbers =
  (length: number, fits: (value: number) => boolean = () => true): Read<readonly number[]> =>
  (value) =>
    Array.isArray(value) && value.length === length && value.every((item) => isNumber(item) && fits(item))
      ? value
      : undefined;

/** A list of `length` times 0 or 1. */
export const flags = (length: number): Read<readonly number[]> =>
  numbers(length, (value) => value === 0 || value === 1);

/** One of some labels, by its number. */
export const labelByNumber =
  (labels: readonly string[]): Read<string> =>
  (value) =>
    typeof value === 'number' ? labels[value] : undefined;

/** A file name that stays in its folder. */
export const fileName: Read<string> = (value) =>
  typeof value === 'string' && value.length > 0 && !/[\\\0]|(^|\/)\.\.(\/|$)|^\//.test(value)
    ? value
    : undefined;

export const pose: Read<PoseAngles> = (value) => {
  if (!isRecord(value)) return undefined;
  const { yaw, pitch, roll } = value;
  return isNumber(yaw) && isNumber(pitch) && isNumber(roll) ? { yaw, pitch, roll } : undefined;
};
