import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The repository. */
export const root = join(import.meta.dirname, '../../../..');

/** A JSON file of the repository, undefined while there is none. */
export const readJson = <T>(path: string): T | undefined => {
  const file = join(root, path);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
};
