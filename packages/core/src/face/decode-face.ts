import type { FaceXFormerError } from '../base/errors.js';
import { attempt } from '../task/attempt.js';
import type { Task } from '../task/task.js';
import { type Vocabularies, vocabularyOf } from '../task/vocabulary.js';
import { analyzedFace } from './analyzed-face.js';
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
  return analyzedFace(face, results, errors, tasks);
}
