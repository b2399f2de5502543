import type { Face } from '@facexformer/core';

/** Rounds for reading: more digits than the network means only hide the number. */
const short = (value: number): number => Number(value.toFixed(4));

/**
 * A face as JSON. Numbers have four decimals. A class map is run-length coded: `runs` holds class and length in
 * turn, rows from the top.
 */
export function toJson(value: unknown): unknown {
  if (typeof value === 'number') return short(value);
  if (value instanceof Uint8Array) return { runs: runLengths(value) };
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item)]));
}

function runLengths(values: Uint8Array): number[] {
  const runs: number[] = [];
  for (const value of values) {
    if (runs.at(-2) === value) runs[runs.length - 1]! += 1;
    else runs.push(value, 1);
  }
  return runs;
}

/** One line on a face for people: its box, and what the tasks print on their card. */
export function describeFace({ box }: Face, labels: readonly string[]): string {
  const place = `${Math.round(box.width)}x${Math.round(box.height)} at ${Math.round(box.x)},${Math.round(box.y)}`;
  return [`face ${place}`, ...labels].join(' · ');
}
