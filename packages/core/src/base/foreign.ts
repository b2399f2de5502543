/** What code of others throws, as errors of ours. */
import { type ErrorCode, FaceXFormerError, throwIfAborted } from './errors.js';
import { kindOf } from './record.js';
import type { Signal } from './signal.js';

/** Longer messages are cut: what is thrown may hold anything, a photo among others. */
const LONGEST = 120;

/** What a thrown value says, in one short line. Anything can be thrown, also what cannot be turned into text. */
export function messageOf(cause: unknown): string {
  const isError = typeof cause === 'object' && cause !== null && 'message' in cause;
  const message: unknown = isError ? cause.message : cause;
  if (typeof message !== 'string') return `it threw ${kindOf(message)}`;
  const [line = ''] = message.split('\n', 1);
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

/**
 * Runs code of others.
 * @param what it was to do: `the runtime "mine" failed to open the model`
 * @throws {FaceXFormerError} what it throws: errors of ours as they are, `ABORTED` once the signal has fired, all else as `code`.
 */
export async function foreign<Result>(
  code: ErrorCode,
  what: string,
  work: () => Promise<Result>,
  signal?: Signal,
): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (FaceXFormerError.isInstance(cause)) throw cause;
    throwIfAborted(signal);
    throw new FaceXFormerError(code, `${what}: ${messageOf(cause)}`, { cause });
  }
}
