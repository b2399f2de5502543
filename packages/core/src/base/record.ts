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
      return value === ''
        ? 'empty text'
        : `a text of ${value.length} character${value.length === 1 ? '' : 's'}`;
    case 'object':
      return value === null ? 'null' : classOf(value);
    case 'undefined':
      return 'nothing';
    case 'function':
      return 'a function';
    case 'symbol':
      return 'a symbol';
    default:
      return String(value).slice(0, 30);
  }
}

/** The class of an object where it says more than "object"; any text may pretend to be one. */
function classOf(value: object): string {
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (tag === 'Promise') return 'a promise (await it)';
  return tag === 'Object' || !/^[A-Z]\w{1,30}$/.test(tag)
    ? 'an object'
    : `${/^[AEIO]/.test(tag) ? 'an' : 'a'} ${tag}`;
}
