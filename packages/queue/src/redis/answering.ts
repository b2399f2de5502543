import { FaceXFormerError } from '@facexformer/core';

/**
 * Asks Redis for something.
 * @throws {FaceXFormerError} `UNREACHABLE` where Redis refuses, being full, read-only or without the right, or since
 *   somebody else's value stands under the key; what else `work` throws, as it is.
 */
export async function answering<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof Error) || cause.name !== 'ReplyError') throw cause;
    throw new FaceXFormerError('UNREACHABLE', `refused by Redis: ${reasonOf(cause)}`, { cause });
  }
}

/** What Redis says, without the script that it adds. */
export const reasonOf = ({ message }: Error): string => message.replace(/ script: [0-9a-f]{40}.*$/s, '');
