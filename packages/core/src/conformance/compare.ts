/** How far a decoded result is from the expected one. */
export interface ResultDifference {
  /** Largest difference of a number, relative to the expected one where that is above 1. */
  readonly values: number;
  /** Texts, truth values, whole-number codes and missing parts that differ. */
  readonly labels: number;
}

/** Compares two results of a task, part by part: integer arrays hold codes, all other numbers are measurements. */
export function compareResults(expected: unknown, actual: unknown): ResultDifference {
  let values = 0;
  let labels = 0;
  const walk = (a: unknown, b: unknown): void => {
    if (typeof a === 'number' && typeof b === 'number') {
      const difference = Math.abs(a - b) / Math.max(1, Math.abs(a));
      values = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(values, difference);
    } else if (isCodes(a) && isCodes(b) && a.length === b.length) {
      for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) labels += 1;
    } else if (isObject(a) && isObject(b)) {
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) walk(a[key], b[key]);
    } else if (a !== b) labels += 1;
  };
  walk(expected, actual);
  return { values, labels };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isCodes = (value: unknown): value is Uint8Array | Int32Array =>
  value instanceof Uint8Array || value instanceof Int32Array;
