import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { kindOf } from '@facexformer/core/formats';
import { refuse, unreadable } from './errors.js';
import { fileName } from './fields.js';
import { readWhole } from './read-whole.js';

/** A line of a text file. */
export interface Row {
  readonly fields: readonly string[];
  /** File and line, for messages. */
  readonly where: string;
}

/**
 * The lines of a text file that are not blank.
 * @throws {FaceXFormerError} `NOT_FOUND`.
 */
export async function readRows(path: string, separator: RegExp | string): Promise<readonly Row[]> {
  const text = String(await readWhole(path));
  return text.split(/\r?\n/).flatMap((line, i): Row[] => {
    const trimmed = line.trim();
    const fields = trimmed.split(separator).map((field) => field.trim());
    return trimmed === '' ? [] : [{ fields, where: `${path} line ${i + 1}` }];
  });
}

/**
 * The names in a folder that match, in order.
 * @throws {FaceXFormerError} `NOT_FOUND`.
 */
export async function namesIn(folder: string, pattern: RegExp): Promise<readonly string[]> {
  const names = await readdir(folder).catch(unreadable(`the folder ${folder}`));
  return names.filter((name) => pattern.test(name)).sort();
}

/** The first of several places of a file that exists; the last where none does. */
export async function firstOf(folder: string, places: readonly string[]): Promise<string> {
  for (const place of places.slice(0, -1)) {
    const path = join(folder, place);
    const parent = await readdir(join(path, '..')).catch((): string[] => []);
    if (parent.includes(place.split('/').at(-1)!)) return path;
  }
  return join(folder, places.at(-1)!);
}

/** The column of a name in a table's head. @throws {FaceXFormerError} `BAD_OPTION`. */
export function columnOf({ fields, where }: Row, name: string): number {
  const index = fields.indexOf(name);
  return index >= 0 ? index : refuse(where, `there is no column "${name}"`);
}

/** A number. @throws {FaceXFormerError} `BAD_OPTION`. */
export function numberOf(where: string, field: string | undefined): number {
  const value = Number(field);
  if (field === undefined || field === '' || !Number.isFinite(value)) {
    refuse(where, `expected a number, not ${kindOf(field)}`);
  }
  return value;
}

/** What a table of the data set's own words has for a field. @throws {FaceXFormerError} `BAD_OPTION`. */
export function translate<T>(where: string, what: string, words: Readonly<Record<string, T>>, field = ''): T {
  if (Object.hasOwn(words, field)) return words[field]!;
  return refuse(where, `the ${what} must be one of ${Object.keys(words).join(', ')}, not ${kindOf(field)}`);
}

/** The name of a file that stays in its folder. @throws {FaceXFormerError} `BAD_OPTION`. */
export const nameOf = (where: string, field: string | undefined): string =>
  fileName(field) ?? refuse(where, `expected a file name, not ${kindOf(field)}`);
