import { FaceXFormerError } from '@facexformer/core';

/** Characters of a line of JSON. */
const LINE = 110;

/** Rounds for reading: more digits than the network means only hide the number. */
const short = (value: number): number => Number(value.toFixed(4));

/**
 * A face as JSON. Numbers have four decimals. A class map is run-length coded: `runs` holds class and length in
 * turn, rows from the top.
 */
export function toJson(value: unknown): unknown {
  if (typeof value === 'number') return short(value);
  if (value instanceof Uint8Array) return { runs: runLengths(value) };
  if (FaceXFormerError.isInstance(value)) return { code: value.code, message: value.message };
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item)]));
}

/** JSON to read: what fits on a line stays on it, and so do lists of numbers. */
export function prettyJson(value: unknown, indent = ''): string {
  const flat = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || indent.length + flat.length <= LINE) return flat;
  if (Array.isArray(value) && value.every((item) => typeof item === 'number')) return flat;
  const inner = `${indent}  `;
  const items = Array.isArray(value)
    ? value.map((item) => prettyJson(item, inner))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => `${JSON.stringify(key)}: ${prettyJson(item, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${items.map((item) => inner + item).join(',\n')}\n${indent}${close}`;
}

function runLengths(values: Uint8Array): number[] {
  const runs: number[] = [];
  for (const value of values) {
    if (runs.at(-2) === value) runs[runs.length - 1]! += 1;
    else runs.push(value, 1);
  }
  return runs;
}
