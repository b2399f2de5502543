import type { FaceXFormerError } from '../base/errors.js';
import type { Task } from '../task/task.js';
import { type Vocabularies, vocabularyOf } from '../task/vocabulary.js';
import { attempt } from './attempt.js';
import type { AnalyzedFace, Face, RawOutputs } from './face.js';

/**
 * A face with the results of `tasks`, from their raw outputs. A task that fails costs only its own
 * result: its error stands in `errors`, and reading the result throws it.
 */
export function decodeFace(
  face: Face,
  tasks: readonly Task[],
  raw: RawOutputs,
  vocabularies: Vocabularies,
): AnalyzedFace<readonly Task[]> {
  const results: Record<string, unknown> = {};
  const errors: Record<string, FaceXFormerError> = {};
  for (const task of tasks) {
    const { name } = task;
    const vocabulary = vocabularyOf(task, vocabularies);
    const answer = attempt(name, 'decode', () => task.decode(raw[name]!, { crop: face.crop, vocabulary }));
    if ('error' in answer) errors[name] = answer.error;
    else results[name] = answer.result;
  }
  const failed = Object.keys(errors).length > 0;
  return withThrowing({ ...face, ...results, ...(failed && { errors }) }, errors);
}

/** Not enumerable: copies and JSON of the face leave the missing result out. */
function withThrowing<Kept extends Face>(
  face: Kept,
  errors: Readonly<Record<string, FaceXFormerError>>,
): Kept {
  for (const [name, error] of Object.entries(errors)) {
    Object.defineProperty(face, name, {
      get: () => {
        throw error;
      },
    });
  }
  return face;
}
