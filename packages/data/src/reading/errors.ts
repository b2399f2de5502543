import { FaceXFormerError } from '@facexformer/core';

/**
 * Refuses what a file says.
 * @param where the file, and the line if there is one
 * @throws {FaceXFormerError} always `BAD_OPTION`.
 */
export function refuse(where: string, what: string, cause?: unknown): never {
  throw new FaceXFormerError('BAD_OPTION', `${where}: ${what}`, { cause });
}

/** For the `catch` of a file or folder that cannot be read. @throws {FaceXFormerError} always `NOT_FOUND`. */
export const unreadable =
  (what: string) =>
  (cause: unknown): never => {
    throw new FaceXFormerError('NOT_FOUND', `${what} cannot be read`, { cause });
  };
