import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FaceXFormerError } from '@facexformer/core';

/**
 * The lines of a text file that are not blank, each with its fields.
 * @throws {FaceXFormerError} `NOT_FOUND`.
 */
export async function readRows(
  path: string,
  separator: RegExp | string,
): Promise<readonly (readonly string[])[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new FaceXFormerError('NOT_FOUND', `${path} cannot be read`, { cause });
  });
  return text.split(/\r?\n/).flatMap((line) => {
    const trimmed = line.trim();
    return trimmed ? [trimmed.split(separator).map((field) => field.trim())] : [];
  });
}

/**
 * The names in a folder that match, in order.
 * @throws {FaceXFormerError} `NOT_FOUND`.
 */
export async function namesIn(folder: string, pattern: RegExp): Promise<readonly string[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new FaceXFormerError('NOT_FOUND', `the folder ${folder} cannot be read`, { cause });
  });
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

/**
 * Refuses what a file says.
 * @throws {FaceXFormerError} always `BAD_OPTION`.
 */
export function refuse(path: string, what: string): never {
  throw new FaceXFormerError('BAD_OPTION', `${path}: ${what}`);
}

/**
 * A number of a file.
 * @throws {FaceXFormerError} `BAD_OPTION`.
 */
export function numberOf(path: string, field: string | undefined): number {
  const value = Number(field);
  if (field === undefined || field === '' || !Number.isFinite(value)) {
    refuse(path, `"${field}" is no number`);
  }
  return value;
}
