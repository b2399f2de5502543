import type { Output } from '../src/terminal/command.js';

/** An output that remembers its lines. */
export function collect(): { output: Output; lines: string[]; errors: string[] } {
  const lines: string[] = [];
  const errors: string[] = [];
  const output: Output = {
    out: (text) => void lines.push(text),
    err: (text) => void errors.push(text),
    interactive: false,
    signal: new AbortController().signal,
  };
  return { output, lines, errors };
}
