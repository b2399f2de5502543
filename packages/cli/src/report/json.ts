/** Characters of a line of JSON. */
const LINE = 110;

/** JSON to read: what fits on a line stays on it, and so do lists of numbers. */
export const prettyJson = (value: unknown): string => pretty(JSON.parse(JSON.stringify(value)), '');

function pretty(value: unknown, indent: string): string {
  const flat = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || indent.length + flat.length <= LINE) return flat;
  if (Array.isArray(value) && value.every((item) => typeof item === 'number')) return flat;
  const inner = `${indent}  `;
  const items = Array.isArray(value)
    ? value.map((item) => pretty(item, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${pretty(item, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${items.map((item) => inner + item).join(',\n')}\n${indent}${close}`;
}
