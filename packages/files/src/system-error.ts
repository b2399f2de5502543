import { getSystemErrorMap } from 'node:util';
import { FaceXFormerError } from '@facexformer/core';

/** The code of a system error, such as `ENOSPC`; undefined for everything else. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** An error that names the file and says why it cannot be written. */
function writeFailed(path: string, cause: unknown): FaceXFormerError {
  return new FaceXFormerError('WRITE_FAILED', `${path} cannot be written: ${reasonOf(cause)}`, {
    cause,
    details: { path },
  });
}

/**
 * Does a piece of work on the file `path`.
 * @throws {FaceXFormerError} `WRITE_FAILED` where the system refuses; what else `work` throws, as it is.
 */
export async function writing<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (codeOf(error) === undefined || FaceXFormerError.isInstance(error)) throw error;
    throw writeFailed(path, error);
  }
}

/** "no space left on device (ENOSPC)". */
function reasonOf(cause: unknown): string {
  const { errno, message } = cause as NodeJS.ErrnoException;
  const known = errno === undefined ? undefined : getSystemErrorMap().get(errno);
  return known ? `${known[1]} (${known[0]})` : message;
}
