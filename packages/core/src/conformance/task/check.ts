import type { Subject } from './subject.js';

/** One promise of the `Task` contract. */
export interface TaskCheck {
  readonly name: string;
  /** @throws {Error} saying what the task did instead. */
  run(): void;
}

/** A promise, to be kept by any task. */
export type Promised = readonly [name: string, keep: (subject: Subject) => void];
