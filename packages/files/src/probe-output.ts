import { open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FaceXFormerError } from '@facexformer/core';
import { placeOf } from './place.js';
import { codeOf, writing } from './system-error.js';
import { sweep, temporaryIn } from './temporary.js';

/**
 * Finds out before the work whether a path can be written in the end: it is no folder, and its own folder, or the
 * nearest one above that exists, takes a file. Leaves nothing, and removes what killed processes left there.
 * @throws {FaceXFormerError} `WRITE_FAILED` naming path and cause.
 */
export async function probeOutput(path: string): Promise<void> {
  const place = await placeOf(path);
  if (place.kind === 'stream') return;
  await writing(path, async () => {
    const folder = await nearestFolder(dirname(place.path));
    await sweep(folder);
    const temporary = await temporaryIn(folder);
    const handle = await open(temporary, 'wx');
    await rm(temporary);
    await handle.close();
  });
}

async function nearestFolder(path: string): Promise<string> {
  try {
    if ((await stat(path)).isDirectory()) return path;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    return nearestFolder(dirname(path));
  }
  throw new FaceXFormerError('WRITE_FAILED', `${path} is not a folder`, { details: { path } });
}
