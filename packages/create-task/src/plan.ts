import { Mistake } from './mistake.js';
import { checkPackageName, taskNameOf } from './names.js';

/** The kinds of tasks. */
export type Kind = 'classify' | 'multiLabel' | 'regress' | 'segment' | 'embed';

/** Labels of each kind if none are given; an embedding has none. */
const DEFAULTS: Readonly<Record<Kind, readonly string[]>> = {
  classify: ['no', 'yes'],
  multiLabel: ['first', 'second'],
  regress: ['value'],
  segment: ['region'],
  embed: [],
};

/** The kinds of tasks that can be made. */
export const kinds = Object.keys(DEFAULTS) as readonly Kind[];

/** The user's choices, unchecked. */
export interface Wishes {
  /** Name of the package, with or without a scope. */
  readonly name: string;
  /** `classify` by default. */
  readonly kind?: string;
  /** Labels, separated by commas. */
  readonly labels?: string;
}

/** The package to create. */
export interface Plan {
  readonly name: string;
  /** Name of the task, camelCase. */
  readonly task: string;
  readonly kind: Kind;
  readonly labels: readonly string[];
}

/**
 * Checks the choices and fills in the defaults.
 * @throws {Mistake} naming what is wrong.
 */
export function planPackage(wishes: Wishes): Plan {
  const { name } = wishes;
  checkPackageName(name);
  const task = taskNameOf(name);
  const kind = kinds.find((candidate) => candidate === (wishes.kind ?? 'classify'));
  if (kind === undefined) {
    throw new Mistake(`--kind must be one of ${kinds.join(', ')}, not "${wishes.kind}"`);
  }
  return { name, task, kind, labels: labelsOf(kind, wishes.labels) };
}

function labelsOf(kind: Kind, text: string | undefined): readonly string[] {
  const defaults = DEFAULTS[kind];
  if (text === undefined) return defaults;
  if (defaults.length === 0) throw new Mistake(`--kind ${kind} has no labels: leave out --labels`);
  const labels = text.split(',').map((label) => label.trim());
  const odd = labels.find((label) => !/^[\p{L}\p{N}][\p{L}\p{N} _.+-]*$/u.test(label));
  if (odd !== undefined) {
    throw new Mistake(
      `"${odd}" is not a valid label: use letters and digits, then also spaces, "_", ".", "+", "-"`,
    );
  }
  if (new Set(labels).size < labels.length) throw new Mistake(`two labels are equal: ${text}`);
  const fewest = kind === 'classify' ? 2 : 1;
  if (labels.length < fewest)
    throw new Mistake(`--kind ${kind} needs at least ${fewest} labels: --labels a,b`);
  return labels;
}
