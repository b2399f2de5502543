/**
 * What the numbers of a result are, which decides how they are smoothed:
 * `pixel` photo pixels, measured by the face's size; `degree` an angle, 359 being next to 0;
 * `probability` 0..1, where values that sum to 1 still do so afterwards.
 */
export type SmoothUnit = 'pixel' | 'degree' | 'probability';

/** The numbers of a task's result that a stream may smooth, and how the result looks with others in their place. */
export interface Smooth<Result = unknown> {
  readonly unit: SmoothUnit;
  /** The numbers, in an order and a count that stay the same. */
  read(result: Result): readonly number[];
  /** The result with these numbers; whatever follows from them, such as the best label, follows them. */
  write(result: Result, values: readonly number[]): Result;
}
