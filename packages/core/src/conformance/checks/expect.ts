import { type ErrorCode, FaceXFormerError } from '../../base/errors.js';

/** @throws {Error} when two values differ as JSON. */
export function expectEqual(what: string, actual: unknown, expected: unknown): void {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (got !== wanted) throw new Error(`${what}: got ${got}, expected ${wanted}`);
}

/** @throws {Error} when something does not hold. */
export function expectThat(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

/** @throws {Error} when two lists of numbers differ in length, or by more than the tolerance. */
export function expectNear(
  what: string,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance = 1e-6,
): void {
  expectEqual(`count of ${what}`, actual.length, expected.length);
  for (let i = 0; i < expected.length; i += 1) {
    const [a, b] = [actual[i]!, expected[i]!];
    if (Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b))) continue;
    throw new Error(`${what}: number ${i} is ${a}, expected ${b}`);
  }
}

/** The code of the error that work ends with, or what happened instead. */
const outcomeOf = (error: unknown): string =>
  FaceXFormerError.isInstance(error) ? error.code : `an error without a code: ${String(error)}`;

/** @throws {Error} when work does not end with a typed error of this code. */
export async function expectCode(code: ErrorCode, what: string, work: Promise<unknown>): Promise<void> {
  const outcome = await work.then(() => 'success', outcomeOf);
  expectEqual(what, outcome, code);
}

/** @throws {Error} when `work` does not throw a typed error of this code. */
export function expectThrown(code: ErrorCode, what: string, work: () => unknown): void {
  let outcome = 'success';
  try {
    work();
  } catch (error) {
    outcome = outcomeOf(error);
  }
  expectEqual(what, outcome, code);
}
