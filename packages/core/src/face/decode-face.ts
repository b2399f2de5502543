import { FaceXFormerError } from '../base/errors.js';
import type { Shape } from '../task/draw.js';
import type { Task } from '../task/task.js';
import type { Vocabulary } from '../task/vocabulary.js';
import type { AnalyzedFace, Face, RawOutputs, TaskErrors } from './face.js';

/** What is to be drawn of a face; `errors` says which tasks could not draw. */
export interface Drawing extends ReadonlyArray<Shape> {
  readonly errors?: TaskErrors;
}

/**
 * A face with the results of `tasks`, from their raw outputs. A task that fails costs only its own
 * result: its error stands in `errors`, and reading the result throws it.
 */
export function decodeFace(
  face: Face,
  tasks: readonly Task[],
  raw: RawOutputs,
  vocabularies: Readonly<Record<string, Vocabulary>>,
): AnalyzedFace<readonly Task[]> {
  const results: Record<string, unknown> = {};
  const errors: Record<string, FaceXFormerError> = {};
  for (const task of tasks) {
    const { name } = task;
    const vocabulary = vocabularies[name] ?? task.vocabulary;
    const answer = attempt(name, 'decode', () => task.decode(raw[name]!, { crop: face.crop, vocabulary }));
    if ('error' in answer) errors[name] = answer.error;
    else results[name] = answer.result;
  }
  const failed = Object.keys(errors).length > 0;
  return withThrowing({ ...face, ...results, ...(failed && { errors }) }, errors);
}

/** What `tasks` draw of a face; a task that fails draws nothing and stands in `errors`. */
export function drawFace(face: Face, tasks: readonly Task[]): Drawing {
  const errors: Record<string, FaceXFormerError> = {};
  const shapes = tasks.flatMap((task) => {
    if (face.errors?.[task.name]) return [];
    const result = (face as Face & Readonly<Record<string, unknown>>)[task.name];
    if (result === undefined || !task.draw) return [];
    const answer = attempt(task.name, 'draw', () => task.draw!(result, { box: face.box }));
    if ('result' in answer) return answer.result;
    errors[task.name] = answer.error;
    return [];
  });
  return Object.keys(errors).length > 0 ? Object.assign(shapes, { errors }) : shapes;
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

/** The outcome of a task's own code: what it returns, or what it throws as an error of ours. */
export function attempt<Result>(
  task: string,
  what: string,
  work: () => Result,
): { readonly result: Result } | { readonly error: FaceXFormerError } {
  try {
    return { result: work() };
  } catch (cause) {
    if (FaceXFormerError.isInstance(cause)) return { error: cause };
    const message = `task "${task}" failed to ${what}: ${cause instanceof Error ? cause.message : String(cause)}`;
    return { error: new FaceXFormerError('TASK_FAILED', message, { cause, details: { task } }) };
  }
}
