import type { Task } from '../task/task.js';
import type { Face } from './face.js';

/** A task's result on a face; undefined where there is none or the task has failed. */
export function resultOf(face: Face, { name }: Task): unknown {
  const hasResult = Object.hasOwn(face, name) && !(face.errors && Object.hasOwn(face.errors, name));
  return hasResult ? (face as Face & Readonly<Record<string, unknown>>)[name] : undefined;
}

/** A copy of a face with other values; results that throw when they are read still do. */
export function changedFace<F extends Face, Changes extends object>(
  face: F,
  changes: Changes,
  hidden?: string,
): F & Changes {
  const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(face)) as F;
  if (hidden !== undefined) Reflect.deleteProperty(copy, hidden);
  return Object.assign(copy, changes);
}
