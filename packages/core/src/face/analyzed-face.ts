import type { FaceXFormerError } from '../base/errors.js';
import type { Task } from '../task/task.js';
import type { AnalyzedFace, Face } from './face.js';
import { writeFace } from './write-face.js';

/**
 * A face with its results. Reading the result of a task that failed throws its error; that, and `toJSON`, are not
 * enumerable, so that copies leave them out.
 */
export function analyzedFace(
  face: Face,
  results: Readonly<Record<string, unknown>>,
  errors: Readonly<Record<string, FaceXFormerError>>,
  tasks: readonly Task[],
): AnalyzedFace<readonly Task[]> {
  const failed = Object.entries(errors);
  const whole = { ...face, ...results, ...(failed.length > 0 && { errors }) };
  Object.defineProperty(whole, 'toJSON', {
    value(this: Face) {
      return writeFace(this, tasks);
    },
  });
  for (const [name, error] of failed) {
    Object.defineProperty(whole, name, {
      get: () => {
        throw error;
      },
    });
  }
  return whole;
}
