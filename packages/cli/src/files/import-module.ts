import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FaceXFormerError } from '@facexformer/core';

/**
 * What a module of the user's exports.
 * @throws {FaceXFormerError} `NOT_FOUND` saying what the import threw, of whatever kind.
 */
export async function importModule(path: string): Promise<Readonly<Record<string, unknown>>> {
  const file = resolve(path);
  try {
    return await import(pathToFileURL(file).href);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'it throws something that is no Error';
    throw new FaceXFormerError('NOT_FOUND', `${file} cannot be imported: ${reason}`, { cause });
  }
}
