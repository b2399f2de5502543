import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { FaceXFormerError } from '@facexformer/core';

/**
 * A SHA-256 as people copy it, also in capitals or after `sha256:`, as 64 small hexadecimal digits.
 * @throws {FaceXFormerError} `BAD_OPTION` for anything else.
 */
export function parseSha256(text: string): string {
  const digits = /^(?:sha256[:-])?([0-9a-f]{64})$/.exec(text.trim().toLowerCase())?.[1];
  if (digits === undefined) {
    const message = 'a SHA-256 has 64 hexadecimal digits, such as sha256sum prints; this one does not';
    throw new FaceXFormerError('BAD_OPTION', message);
  }
  return digits;
}

/** SHA-256 of a file's content. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Whether a regular file with that content stands there. */
export async function holds(path: string, sha256: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true && (await sha256Of(path)) === sha256;
}
