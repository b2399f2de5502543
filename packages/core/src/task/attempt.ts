import { FaceXFormerError } from '../base/errors.js';
import { messageOf } from '../base/foreign.js';

/** What a task's own code returned, or why there is nothing. */
export type Outcome<Result> = { readonly result: Result } | { readonly error: FaceXFormerError };

/** Runs a task's own code. What it throws becomes an error of ours, as does a promise or nothing as its result. */
export function attempt<Result>(task: string, what: string, work: () => Result): Outcome<Result> {
  try {
    const result = work();
    if (isPromise(result)) {
      result.then(undefined, () => undefined); // nobody waits for it
      return { error: failure(task, what, 'it returned a promise; its result must be there at once') };
    }
    return result === undefined
      ? { error: failure(task, what, 'it returned nothing; return null where there is no result') }
      : { result };
  } catch (cause) {
    if (FaceXFormerError.isInstance(cause)) return { error: cause };
    return { error: failure(task, what, messageOf(cause), cause) };
  }
}

const failure = (task: string, what: string, message: string, cause?: unknown): FaceXFormerError =>
  new FaceXFormerError('TASK_FAILED', `task "${task}" failed to ${what}: ${message}`, {
    ...(cause !== undefined && { cause }),
    details: { task },
  });

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
