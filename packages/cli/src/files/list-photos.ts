import { readdir, stat } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';
import { FaceXFormerError } from '@facexformer/core';
import { isPhoto } from '@facexformer/data';
import { listLines } from './list-lines.js';
import { matchPattern } from './match-pattern.js';

/** Paths of photos; `several` unless one photo was named. */
export interface Photos {
  readonly list: readonly string[];
  readonly several: boolean;
}

/**
 * Photos by path, in order: of a folder every picture in it and below, by name; of a pattern all that match; all else
 * as it is, so that a photo that is missing costs no other one its place. Links to folders are not followed.
 * @param lists files that name one photo a line; `-` is standard input
 * @throws {FaceXFormerError} `NOT_FOUND` where there is no photo at all, or no list.
 */
export async function listPhotos(paths: readonly string[], lists: readonly string[] = []): Promise<Photos> {
  const list: string[] = [];
  let several = lists.length > 0 || paths.length > 1;
  for (const path of paths) {
    const photos = path === '-' ? undefined : await photosIn(path);
    if (photos) several = true;
    for await (const photo of photos ?? [path]) list.push(photo);
  }
  for (const path of lists) for await (const line of listLines(path)) if (line !== '') list.push(line);
  if (list.length > 0) return { list, several };
  throw new FaceXFormerError('NOT_FOUND', `there are no photos in ${[...paths, ...lists].join(', ')}`);
}

/** The photos of a folder or a pattern, in order; undefined for a path of one photo, which need not be there. */
export async function photosIn(path: string): Promise<AsyncGenerator<string, void, undefined> | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found) return found.isDirectory() ? filesIn(path, isPicture) : undefined;
  return isPattern(path) ? matchesOf(path) : undefined;
}

/** HEIC cannot be decoded; it is listed so that this is said. */
const isPicture = (path: string): boolean => isPhoto(path) || /\.hei[cf]$/i.test(path);

/** The files of a folder and, down to `depth`, of those below. */
async function* filesIn(
  folder: string,
  isWanted: (path: string) => boolean,
  depth = Number.POSITIVE_INFINITY,
): AsyncGenerator<string, void, undefined> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  if (!entries) yield folder; // it may not be read, and fails under its own name
  for (const entry of entries?.sort((a, b) => (a.name < b.name ? -1 : 1)) ?? []) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) {
      if (isWanted(path)) yield path;
    } else if (depth > 1) yield* filesIn(path, isWanted, depth - 1);
  }
}

const isPattern = (path: string): boolean => /[*?]/.test(path);

/** The files that match a shell's pattern; `**` stands for any folders. */
function matchesOf(pattern: string): AsyncGenerator<string, void, undefined> {
  const parts = withSlashes(normalize(pattern)).split('/');
  const fixed = parts.findIndex(isPattern);
  const root = parts.slice(0, fixed).join('/') || (fixed > 0 ? '/' : '.');
  const depth = pattern.includes('**') ? Number.POSITIVE_INFINITY : parts.length - fixed;
  const matches = matchPattern(parts.join('/'));
  return filesIn(root, (path) => matches(withSlashes(path)), depth);
}

const withSlashes = (path: string): string => path.replaceAll(sep, '/');
