/** Checks of what a caller passes: one small set, used at the border of every package. */
import { type ErrorCode, FaceXFormerError } from './errors.js';
import { isRecord, kindOf } from './record.js';

/** What an argument may be. */
export interface Kind {
  /** Follows "must be" in messages. */
  readonly words: string;
  /** Whether a value is of this kind. */
  readonly fits: (value: unknown) => boolean;
  /** The place within a value of the right form that does not fit: what it is called, what it should be, what it is. */
  readonly misfit?: (value: unknown) => readonly [name: string, kind: Kind, value: unknown] | undefined;
}

/** A kind of argument. The makers of kinds are marked for bundlers, which leave out those that nothing uses. */
export const kind = /* @__NO_SIDE_EFFECTS__ */ (words: string, fits: Kind['fits']): Kind => ({ words, fits });

/** The class of a value, also of one from another realm. */
export const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

export const TEXT = kind('text', (value) => typeof value === 'string' && value !== '');
export const ANY_TEXT = kind('text', (value) => typeof value === 'string');
export const FLAG = kind('true or false', (value) => typeof value === 'boolean');
export const FUNCTION = kind('a function', (value) => typeof value === 'function');
export const NUMBER = kind('a finite number', Number.isFinite);
export const OBJECT = kind('an object', isRecord);
export const LIST = kind('a list', Array.isArray);
export const BYTES = kind('a Uint8Array', (value) => tagOf(value) === 'Uint8Array');
export const FLOATS = kind('a Float32Array', (value) => tagOf(value) === 'Float32Array');
export const SIGNAL = kind(
  'an AbortSignal',
  (value) => isRecord(value) && typeof value.aborted === 'boolean',
);

/** A whole number of a range. */
export const whole = /* @__NO_SIDE_EFFECTS__ */ (least: number, most = Number.MAX_SAFE_INTEGER): Kind =>
  kind(
    `a whole number from ${least}${most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`}`,
    (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
  );

/** A number of a range, its ends included. */
export const between = /* @__NO_SIDE_EFFECTS__ */ (least: number, most: number): Kind =>
  kind(
    `a number from ${least} to ${most}`,
    (value) => typeof value === 'number' && value >= least && value <= most,
  );

/** One of some words. */
export const oneOf = /* @__NO_SIDE_EFFECTS__ */ (...names: readonly string[]): Kind =>
  kind(`one of ${names.join(', ')}`, (value) => names.includes(value as string));

/** A list whose items are all of a kind. */
export const listOf = /* @__NO_SIDE_EFFECTS__ */ (items: Kind, fewest = 0): Kind => {
  // A hole is found too, which `every` would pass over.
  const wrongOf = (list: readonly unknown[]): number => list.findIndex((item) => !items.fits(item));
  return {
    words: `a list${fewest > 0 ? ` of at least ${fewest}` : ''}, each ${items.words}`,
    fits: (value) => Array.isArray(value) && value.length >= fewest && wrongOf(value) < 0,
    misfit(value) {
      const at = Array.isArray(value) ? wrongOf(value) : -1;
      return at < 0 ? undefined : [`item ${at}`, items, (value as readonly unknown[])[at]];
    },
  };
};

/** An object that has fields of these kinds, and perhaps more. */
export const having = /* @__NO_SIDE_EFFECTS__ */ (
  words: string,
  fields: Readonly<Record<string, Kind>>,
): Kind => {
  const entries = Object.entries(fields); // once: a detector compares thousands of pairs of boxes
  const misfit: Kind['misfit'] = (value) => {
    if (!isRecord(value)) return undefined;
    const [name, field] = entries.find(([key, { fits }]) => !fits(value[key])) ?? [];
    return name === undefined || !field ? undefined : [`"${name}"`, field, value[name]];
  };
  const fits = (value: unknown): boolean =>
    isRecord(value) && entries.every(([key, field]) => field.fits(value[key]));
  return { words, fits, misfit };
};

/**
 * Checks an argument.
 * @param what its name in messages: the function, a colon, the parameter
 * @throws {FaceXFormerError} `BAD_OPTION`, or the code of what the value was for.
 */
export function demand<Value>(
  value: Value,
  expected: Kind,
  what: string,
  code: ErrorCode = 'BAD_OPTION',
): Value {
  if (reading(what, code, () => expected.fits(value))) return value;
  const actual = reading(what, code, () => describe(value, expected));
  throw new FaceXFormerError(code, `${what} must be ${expected.words}, not ${actual}`);
}

/** Looks into a value of the caller's, whose getters may throw. */
function reading<Found>(what: string, code: ErrorCode, look: () => Found): Found {
  try {
    return look();
  } catch (cause) {
    throw new FaceXFormerError(code, `${what} cannot be read: a getter of it throws`, { cause });
  }
}

/** What a value is that does not fit, down to the first place of it that does not. */
function describe(value: unknown, { misfit }: Kind): string {
  const [name, inner, field] = misfit?.(value) ?? [];
  return inner ? `${kindOf(value)} whose ${name} is ${describe(field, inner)}` : kindOf(value);
}

/**
 * Checks options; undefined stands for the default.
 * @param of the function that takes them
 * @param required those that have no default
 * @throws {FaceXFormerError} `BAD_OPTION` for a value that does not fit, and for a name that does not exist.
 */
export function checkOptions<Options extends object>(
  of: string,
  options: Options,
  kinds: { readonly [Name in keyof Options]-?: Kind },
  required: readonly (keyof Options & string)[] = [],
): void {
  const such = required.length > 0 ? required : Object.keys(kinds).slice(0, 1);
  demand(options, kind(`an object such as { ${such.join(', ')} }`, isRecord), `the options of ${of}`);
  const look = <Found>(at: () => Found): Found => reading(`the options of ${of}`, 'BAD_OPTION', at);
  for (const [name, value] of look(() => Object.entries(options))) {
    const isKnown = value === undefined || Object.hasOwn(kinds, name);
    if (!isKnown) throw unknownOption(of, name, Object.keys(kinds));
  }
  // By the names that are known, since an option may be inherited.
  for (const name of Object.keys(kinds) as (keyof Options & string)[]) {
    const value = look(() => options[name]);
    const isDefault = value === undefined && !required.includes(name);
    if (!isDefault) demand(value, kinds[name], `${of}: option "${name}"`);
  }
}

const unknownOption = (of: string, name: string, names: readonly string[]): FaceXFormerError => {
  const nearest = nearestOf(name, names);
  const advice = nearest === undefined ? `it takes ${names.join(', ')}` : `did you mean "${nearest}"?`;
  return new FaceXFormerError('BAD_OPTION', `${of} has no option ${nameOf(name)}: ${advice}`);
};

/** A name in quotes; of a long one, which may be anything, the kind. */
export const nameOf = (name: unknown): string =>
  typeof name === 'string' && /^[\w. @/-]{1,40}$/.test(name) ? `"${name}"` : kindOf(name);

/** The name that is at most two edits away, for misspelt ones. */
export function nearestOf(name: string, names: readonly string[]): string | undefined {
  const [nearest] = names
    .map((candidate) => ({
      candidate,
      edits: editsOf(name.slice(0, 40).toLowerCase(), candidate.toLowerCase()),
    }))
    .filter(({ edits, candidate }) => edits <= 2 && edits < candidate.length)
    .sort((a, b) => a.edits - b.edits);
  return nearest?.candidate;
}

/** Levenshtein's distance. */
function editsOf(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + Number(from[i - 1] !== to[j - 1]));
    }
    row = next;
  }
  return row[to.length]!;
}
