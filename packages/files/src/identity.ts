import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { behindLinks } from './links.js';

/**
 * The same text for two paths of one file, however they are spelt and linked, also of one that is yet to be made.
 * Undefined for devices and pipes, which nothing written to them destroys.
 */
export async function identityOf(path: string): Promise<string | undefined> {
  const found = await inodeOf(path);
  if (found) return found.special ? undefined : found.id;
  return identityOfMissing(await behindLinks(path));
}

/** The nearest folder that exists, and the rest of the path below it. */
async function identityOfMissing(path: string): Promise<string> {
  const folder = dirname(path);
  const found = await inodeOf(folder);
  if (!found) return folder === path ? path : join(await identityOfMissing(folder), basename(path));
  return join(found.id, (await ignoresCase(folder)) ? basename(path).toLowerCase() : basename(path));
}

/** Whether a folder is found by its name in the other case as well, so that names in it are likely to be. */
async function ignoresCase(folder: string): Promise<boolean> {
  const name = basename(folder);
  const swapped = name.toLowerCase() === name ? name.toUpperCase() : name.toLowerCase();
  if (swapped === name) return dirname(folder) !== folder && ignoresCase(dirname(folder));
  const [own, other] = await Promise.all([folder, join(dirname(folder), swapped)].map(inodeOf));
  return own !== undefined && own.id === other?.id;
}

async function inodeOf(
  path: string,
): Promise<{ readonly id: string; readonly special: boolean } | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found && { id: `${found.dev}:${found.ino}`, special: !found.isFile() && !found.isDirectory() };
}
