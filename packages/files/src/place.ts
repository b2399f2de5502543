import { constants, fstatSync, type Stats } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import { FaceXFormerError } from '@facexformer/core';
import { demand, TEXT } from '@facexformer/core/arguments';
import { behindLinks } from './links.js';
import { codeOf, writing } from './system-error.js';

/** Check of an argument. */
export const PATH = { ...TEXT, words: 'a path' };

/** A regular file, there or yet to be made, that is replaced as a whole. */
export interface FilePlace {
  readonly kind: 'file';
  /** Behind all links. */
  readonly path: string;
  /** What stands there now. */
  readonly existing: Stats | undefined;
}

/** A device, a pipe, or what a standard stream of this process goes to: bytes are written through. */
export interface StreamPlace {
  readonly kind: 'stream';
  readonly path: string;
  /** A pipe that has a name: it can be opened only once somebody reads. */
  readonly fifo: boolean;
  /** The descriptor that is open already. */
  readonly descriptor: 1 | 2 | undefined;
}

/** Where bytes for a path really go. */
export type Place = FilePlace | StreamPlace;

/**
 * Finds where bytes for `path` go; links are followed, also one whose target is yet to be made.
 * @throws {FaceXFormerError} `WRITE_FAILED` for a folder and for what may not be written.
 */
export async function placeOf(path: string): Promise<Place> {
  if (path === '' || path.endsWith(sep) || path.endsWith('/')) {
    throw new FaceXFormerError('WRITE_FAILED', `"${path}" names no file`, { details: { path } });
  }
  return writing(path, async () => {
    const found = await statIfAny(path);
    if (!found) return { kind: 'file', path: await behindLinks(path), existing: undefined };
    if (found.isDirectory()) {
      throw new FaceXFormerError('WRITE_FAILED', `${path} is a folder; name a file`, { details: { path } });
    }
    const descriptor = ([1, 2] as const).find((standard) => isOpenAs(standard, found));
    if (descriptor !== undefined || !found.isFile()) {
      return { kind: 'stream', path, fifo: found.isFIFO(), descriptor };
    }
    await access(path, constants.W_OK);
    return { kind: 'file', path: await realpath(path), existing: found };
  });
}

/**
 * Whether bytes for `path` are gone at once: a device, a pipe, or what a standard stream of this process goes to.
 * Nothing can be kept for them to go on with later.
 * @throws {FaceXFormerError} `WRITE_FAILED` as `writeFile`.
 */
export const writesThrough = async (path: string): Promise<boolean> =>
  (await placeOf(demand(path, PATH, 'writesThrough: path'))).kind === 'stream';

/** Whether a standard stream goes to this very file, as /dev/stdout says or the shell arranged. */
function isOpenAs(descriptor: number, { dev, ino }: Stats): boolean {
  try {
    const open = fstatSync(descriptor);
    return open.dev === dev && open.ino === ino;
  } catch {
    return false;
  }
}

async function statIfAny(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
