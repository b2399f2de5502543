import { type Fields, isRecord } from './record.js';

/** Deeper than any description that we write, and shallow enough for whatever recurses. */
const MOST_DEPTH = 64;

/**
 * JSON of a file that nobody has checked.
 * @throws {SyntaxError} for text that is not JSON, or that nests deeper than 64 lists and objects.
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (isDeeper(value, MOST_DEPTH)) throw new SyntaxError(`it nests deeper than ${MOST_DEPTH} levels`);
  return value;
}

/** The object that such a text holds; undefined where it holds none. */
export function parseObject(text: string): Fields | undefined {
  try {
    const value = parseJson(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isDeeper = (value: unknown, depth: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (depth === 0 || Object.values(value).some((item) => isDeeper(item, depth - 1)));
