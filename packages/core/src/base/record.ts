/** The fields of a JSON object that has not been checked. */
export type Fields = Readonly<Record<string, unknown>>;

/** True for objects that are not arrays. */
export const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a value is, for messages: numbers as they are, of all else the kind and never the content. */
export function kindOf(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  switch (typeof value) {
    case 'string':
      return value === '' ? 'empty text' : `a text of ${value.length} characters`;
    case 'object':
      return value === null ? 'null' : 'an object';
    case 'undefined':
      return 'nothing';
    case 'function':
      return 'a function';
    default:
      return String(value);
  }
}
