import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Precision } from '@facexformer/core';
import { UsageError } from './command.js';

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

/** The option `--precision` of what opens a model; without it the checkpoint's storage decides. */
export const precisionOf = (value: string | undefined): Precision | undefined =>
  value === undefined ? undefined : oneOf<Precision>('precision', value, ['fp32', 'int8']);

/** An option that must be a whole number of at least `least`. */
export function count(option: string, value: string | undefined, least = 1): number | undefined {
  if (value === undefined) return undefined;
  const parsed = Number(value);
  if (!Number.isInteger(parsed) || parsed < least) {
    throw new UsageError(`--${option} must be a whole number of at least ${least}, not "${value}"`);
  }
  return parsed;
}

/** The one argument that a command takes. */
export function single(positionals: readonly string[], what: string): string {
  const [only] = positionals;
  if (only === undefined || positionals.length > 1) throw new UsageError(`give exactly one ${what}`);
  return only;
}
