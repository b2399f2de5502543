import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Where a command writes, and what stops it. */
export interface Output {
  /** A line of the result. */
  out(text: string): void;
  /** A line for the person watching. */
  err(text: string): void;
  /** True on a terminal: progress may overwrite its own line. */
  readonly interactive: boolean;
  readonly signal: AbortSignal;
}

/** A subcommand of `facexformer`. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Full help: usage, options, examples. */
  readonly help: string;
  run(args: readonly string[], output: Output): Promise<void>;
}

/** The command line was wrong: exit code 2, and a pointer to the help. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Options = NonNullable<ParseArgsConfig['options']>;

/** Parses options strictly. @throws {UsageError} for what is unknown or lacks a value. */
export function parse<const Known extends Options>(
  args: readonly string[],
  options: Known,
): ReturnType<typeof parseArgs<{ options: Known; allowPositionals: true; strict: true }>> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** An option that must be one of a few words. */
export function oneOf<Word extends string>(option: string, value: string, words: readonly Word[]): Word {
  const word = words.find((candidate) => candidate === value);
  if (word === undefined)
    throw new UsageError(`--${option} must be one of ${words.join(', ')}, not "${value}"`);
  return word;
}

/** An option that must be a whole number of at least 1. */
export function count(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const parsed = Number(value);
  if (!Number.isInteger(parsed) || parsed < 1) {
    throw new UsageError(`--${option} must be a whole number of at least 1, not "${value}"`);
  }
  return parsed;
}

/** The one argument that a command takes. */
export function single(positionals: readonly string[], what: string): string {
  const [only] = positionals;
  if (only === undefined || positionals.length > 1) throw new UsageError(`give exactly one ${what}`);
  return only;
}
