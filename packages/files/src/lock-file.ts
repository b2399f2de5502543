import { rmdirSync, unlinkSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FaceXFormerError } from '@facexformer/core';
import { demand } from '@facexformer/core/arguments';
import { makeFolder } from './make-folder.js';
import { mayRun, type Owner, ownerOf, ownName } from './owner.js';
import { PATH } from './place.js';
import { codeOf, writing } from './system-error.js';
import { sweep, temporaryIn } from './temporary.js';

/** The right to work on a file; given back on `release`, at the end of `await using`, or when the process exits. */
export interface Lock extends AsyncDisposable {
  /** Gives the file back; a second call does nothing. */
  release(): Promise<void>;
}

/**
 * Takes the lock of a file that two processes must not fetch or resume at once: the folder `<path>.lock`, which holds
 * an empty file named by its owner. A folder without one is free, so that of all who find a dead owner only one gets
 * the lock: each can remove that owner's file alone, and a folder is renamed only to where none or an empty one is.
 * What the dead owner left unfinished beside it is removed. An owner on another machine counts as alive.
 * @throws {FaceXFormerError} `LOCKED` saying who holds it, at once; `WRITE_FAILED`.
 */
export async function lockFile(path: string): Promise<Lock> {
  demand(path, PATH, 'lockFile: path');
  const folder = `${path}.lock`;
  const own = await ownName();
  await writing(path, async () => {
    await freeOrRefuse(path, folder);
    await makeFolder(dirname(folder));
    const temporary = await temporaryIn(dirname(folder));
    await mkdir(temporary);
    try {
      await (await open(join(temporary, own), 'wx')).close();
      while (!(await renamed(temporary, folder))) await freeOrRefuse(path, folder);
    } catch (error) {
      await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
      throw error;
    }
  });
  const free = (): void => {
    try {
      unlinkSync(join(folder, own));
      rmdirSync(folder);
    } catch {} // taken away by hand
  };
  process.once('exit', free);
  const release = async (): Promise<void> => {
    process.off('exit', free);
    free();
  };
  return { release, [Symbol.asyncDispose]: release };
}

const TAKEN = new Set(['ENOTEMPTY', 'EEXIST']);
/** What Windows says for the same. */
const REFUSED = new Set(['EPERM', 'EACCES']);

/** False where something stands at `to`. */
async function renamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    const code = codeOf(error) ?? '';
    if (TAKEN.has(code) || (REFUSED.has(code) && (await holdersOf(to)))) return false;
    throw error;
  }
}

async function freeOrRefuse(path: string, folder: string): Promise<void> {
  for (const name of (await holdersOf(folder)) ?? []) {
    const owner = ownerOf(name);
    if (!owner || (await mayRun(owner))) throw locked(path, folder, owner);
    await rm(join(folder, name), { force: true });
    await sweep(dirname(folder));
  }
  await rmdir(folder).catch((error: unknown) => {
    // Windows renames no folder onto an empty one; elsewhere, another process may have been faster
    if (codeOf(error) !== 'ENOENT' && !TAKEN.has(codeOf(error) ?? '')) throw error;
  });
}

/** Undefined where there is no folder. */
const holdersOf = (folder: string): Promise<readonly string[] | undefined> =>
  readdir(folder).catch(() => undefined);

function locked(path: string, folder: string, owner: Owner | undefined): FaceXFormerError {
  const who = owner ? `process ${owner.pid} on ${owner.host}` : 'somebody unknown';
  return new FaceXFormerError(
    'LOCKED',
    `${path} is in use by ${who}; wait for it, or delete ${folder} if that process runs no more`,
    { details: { path, ...owner } },
  );
}
