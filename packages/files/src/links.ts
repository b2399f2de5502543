import { lstat, readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** As many links in a row as Linux follows. */
const MOST_LINKS = 40;

/** The path that links lead to, although nothing stands there. Folders above that exist are freed of links as well. */
export async function behindLinks(path: string, left = MOST_LINKS): Promise<string> {
  const folder = await realpath(dirname(path)).catch(() => resolve(dirname(path)));
  const own = join(folder, basename(path));
  const link = await lstat(own).catch(() => undefined);
  if (!link?.isSymbolicLink() || left === 0) return own;
  return behindLinks(resolve(folder, await readlink(own)), left - 1);
}
