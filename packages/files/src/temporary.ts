import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mayRun, ownerOf, ownName } from './owner.js';

const PREFIX = '.facexformer-';
const ENDING = '.tmp';

/** A path in `folder` for what is not finished yet: nobody else's, and told by its name whose it is. */
export const temporaryIn = async (folder: string): Promise<string> =>
  join(folder, `${PREFIX}${await ownName()}${ENDING}`);

/** Removes what processes that were killed left unfinished in `folder`. */
export async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(PREFIX) || !name.endsWith(ENDING)) continue;
    const owner = ownerOf(name.slice(PREFIX.length, -ENDING.length));
    if (!owner || (await mayRun(owner))) continue;
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}
