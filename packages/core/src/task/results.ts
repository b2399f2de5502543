import type { Task } from './task.js';

/** The typed result of a task. */
export type ResultOf<T> = T extends Task<string, infer Result> ? Result : never;

/** The results of a list of tasks under their names. */
export type Results<Tasks extends readonly Task[]> = {
  readonly [T in Tasks[number] as T['name']]: ResultOf<T>;
};

/** The list itself, or one whose offending place is a sentence that the compiler prints. */
export type Distinct<Tasks extends readonly Task[], Seen extends string = never> = Tasks extends readonly [
  infer Head extends Task,
  ...infer Tail extends readonly Task[],
]
  ? [Head['name'] & Seen] extends [never]
    ? readonly [Head, ...Distinct<Tail, Seen | Head['name']>]
    : readonly [`task "${Head['name']}" is registered twice`, ...Tail]
  : Tasks;
