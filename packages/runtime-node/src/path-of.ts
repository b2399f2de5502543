import { fileURLToPath } from 'node:url';
import { FaceXFormerError } from '@facexformer/core';
import { kindOf } from '@facexformer/core/formats';

/** A longer text is hardly a path, but perhaps a picture in base64. */
const LONGEST_NAME = 200;

/** A path as messages name it: one that may be a picture is not repeated, nor a password in an address. */
export const nameOf = (path: string): string =>
  path === '' || path.length > LONGEST_NAME || /^data:/i.test(path)
    ? kindOf(path)
    : path.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1');

/**
 * The path of a file that is given as a path or as a `file:` URL, a string or not.
 * @throws {FaceXFormerError} `UNSUPPORTED` for other URLs.
 */
export function pathOf(address: string | URL): string {
  const text = String(address);
  if (typeof address === 'string' && !/^(file:|data:|[a-z][a-z0-9+.-]*:\/\/)/i.test(text)) return text;
  try {
    return fileURLToPath(text);
  } catch (cause) {
    const isData = /^data:/i.test(text);
    throw new FaceXFormerError(
      'UNSUPPORTED',
      `${nameOf(text)} is not a local file: ${isData ? 'pass the bytes that the data: URL encodes' : 'fetch it and pass the bytes'}`,
      { cause },
    );
  }
}
