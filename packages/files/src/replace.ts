import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FilePlace } from './place.js';

/** Puts a finished file in its place: on the disk first, with the mode of what stood there, then renamed. */
export async function replace(
  handle: FileHandle,
  temporary: string,
  { path, existing }: FilePlace,
): Promise<void> {
  if (existing) {
    await handle.chown(existing.uid, existing.gid).catch(() => undefined); // only root may
    await handle.chmod(existing.mode & 0o7777);
  }
  await handle.sync();
  await handle.close();
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/** Makes the new name last; not every system lets a folder be opened for that. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
