import { FaceXFormerError } from '@facexformer/core';

/**
 * What a reader makes of hostile bytes: its result, or the error that it throws.
 * @throws whatever is not a `FaceXFormerError` with a message that people can read.
 */
export async function outcomeOf<Result>(
  work: () => Result | Promise<Result>,
): Promise<Result | FaceXFormerError> {
  try {
    return await work();
  } catch (error) {
    if (FaceXFormerError.isInstance(error) && error.message.length <= 600) return error;
    throw error;
  }
}
