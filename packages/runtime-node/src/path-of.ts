import { fileURLToPath } from 'node:url';
import { FaceXFormerError } from '@facexformer/core';

/**
 * The path of a file that is given as a path or as a `file:` URL, a string or not.
 * @throws {FaceXFormerError} `UNSUPPORTED` for other URLs.
 */
export function pathOf(address: string | URL): string {
  if (typeof address === 'string' && !/^[a-z][a-z0-9+.-]*:\/\//i.test(address)) return address;
  try {
    return fileURLToPath(address);
  } catch (cause) {
    throw new FaceXFormerError('UNSUPPORTED', `${address} is not a local file: fetch it and pass the bytes`, {
      cause,
    });
  }
}
