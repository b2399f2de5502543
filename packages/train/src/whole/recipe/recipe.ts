import { type CheckpointInfo, FaceXFormerError, type Task } from '@facexformer/core';
import { isRecord, parseInfo, parseJson } from '@facexformer/core/formats';
import type { Rows } from '../batch/set-sampler.js';
import type { TrainingPlan } from '../plan/plan.js';
import type { Balance } from '../trainer/balance.js';

/** A part of the run with one picture size; sizes are multiples of 32 and weights fit all of them. */
export interface Phase {
  readonly size: number;
  /** Share of the whole run at which the phase ends; the last one's is 1. */
  readonly until: number;
  /** How far pictures are augmented, 0 (mirrored only) to 1, the default. */
  readonly augment: number;
  /** By default the recipe's; another one has the same sets. */
  readonly batch: Rows;
}

/** Everything that decides how a model is trained, besides the data. */
export interface Recipe {
  readonly tasks: readonly Task[];
  /** Trained with the model, but no part of it: each is written to a file of its own. */
  readonly plugins: readonly Task[];
  /** What the checkpoint will say of itself. */
  readonly info: CheckpointInfo;
  readonly seed: number;
  /** Of every phase that does not say otherwise. */
  readonly batch: Rows;
  /** Factor of each task's loss. */
  readonly losses: Readonly<Record<string, number>>;
  readonly optimizer: {
    readonly peak: number;
    readonly warmUpSteps: number;
    readonly weightDecay: number;
    readonly clip: number;
  };
  readonly phases: readonly Phase[];
  /** For classes and yes-or-no questions: raises balanced accuracy, costs accuracy. */
  readonly balance: Balance;
  /** Steps make runs repeatable bit for bit; hours make them end. */
  readonly length: { readonly steps: number } | { readonly hours: number };
}

function check(ok: boolean, field: string, wanted: string): asserts ok {
  if (!ok) throw new FaceXFormerError('BAD_OPTION', `the recipe's "${field}" must be ${wanted}`);
}

function numbers(value: unknown, field: string): Readonly<Record<string, number>> {
  check(isRecord(value) && Object.values(value).every(Number.isFinite), field, 'an object of numbers');
  return value as Readonly<Record<string, number>>;
}

function rowsOf(value: unknown, field: string): Rows {
  const batch = Object.entries(numbers(value, field)).map(([set, rows]) => ({ set, rows }));
  check(
    batch.every(({ rows }) => Number.isInteger(rows) && rows > 0),
    field,
    'whole numbers above 0',
  );
  return batch;
}

function phaseOf(phase: unknown, i: number, before: number, sets: Rows): Phase {
  const field = (name: string): string => `phases.${i}.${name}`;
  check(
    isRecord(phase) && Number(phase.size) > 0 && Number(phase.size) % 32 === 0,
    field('size'),
    'a multiple of 32',
  );
  const { size, until, augment = 1 } = phase;
  check(Number(until) > before && Number(until) <= 1, field('until'), 'rising up to 1');
  check(Number(augment) >= 0 && Number(augment) <= 1, field('augment'), 'from 0 to 1');
  const batch = phase.batch === undefined ? sets : rowsOf(phase.batch, field('batch'));
  check(
    batch.length === sets.length && batch.every(({ set }, k) => set === sets[k]!.set),
    field('batch'),
    "of the recipe's sets, in their order",
  );
  return { size: Number(size), until: Number(until), augment: Number(augment), batch };
}

function phasesOf(phases: unknown, sets: Rows): readonly Phase[] {
  check(Array.isArray(phases) && phases.length > 0, 'phases', 'a list of phases');
  const parsed: Phase[] = [];
  for (const [i, phase] of phases.entries()) parsed.push(phaseOf(phase, i, parsed[i - 1]?.until ?? 0, sets));
  check(parsed.at(-1)!.until === 1, `phases.${parsed.length - 1}.until`, '1, as it is the last');
  return parsed;
}

function positive(value: number | undefined, field: string): number {
  check(value !== undefined && Number.isFinite(value) && value > 0, field, 'a number above 0');
  return value;
}

/** Numbers by task. */
function byTask(value: unknown, field: string, tasks: readonly Task[]): Readonly<Record<string, number>> {
  const given = numbers(value, field);
  const unknown = Object.keys(given).find((name) => !tasks.some((task) => task.name === name));
  const known = tasks.map(({ name }) => name).join(', ');
  check(unknown === undefined, `${field}.${unknown}`, `left out, or named after one of the tasks: ${known}`);
  return given;
}

function pluginsOf(names: unknown, known: readonly Task[]): readonly Task[] {
  const wanted = `a list of some of: ${known.map(({ name }) => name).join(', ') || 'none is known'}`;
  check(Array.isArray(names) && new Set(names).size === names.length, 'plugins', wanted);
  return names.map((name) => {
    const task = known.find((one) => one.name === name);
    check(task !== undefined, 'plugins', wanted);
    return task;
  });
}

function balanceOf(value: unknown, tasks: readonly Task[]): Balance {
  const balance = byTask(value, 'balance', tasks);
  for (const [name, share] of Object.entries(balance)) {
    const { loss } = tasks.find((task) => task.name === name)!.learning ?? {};
    const fits = loss === 'binaryCrossEntropy' || loss === 'crossEntropy';
    check(fits, `balance.${name}`, 'of a task of classes or yes-or-no questions');
    check(share >= 0 && share <= 1, `balance.${name}`, 'from 0 to 1');
  }
  return balance;
}

/**
 * Reads a recipe, such as `training/mini.json`.
 * @param tasks those of the model, in the order of its tokens
 * @param others tasks that the recipe may name as plug-ins
 * @throws {FaceXFormerError} `BAD_OPTION` or `BAD_CHECKPOINT` naming the field that is wrong.
 */
export function parseRecipe(json: string, tasks: readonly Task[], others: readonly Task[] = []): Recipe {
  let recipe: unknown;
  try {
    recipe = parseJson(json);
  } catch (cause) {
    throw new FaceXFormerError('BAD_OPTION', 'the recipe cannot be parsed as JSON: its cause says where', {
      cause,
    });
  }
  check(isRecord(recipe), 'recipe', 'an object');
  const { seed, provenance, model, vocabularies = {} } = recipe;
  check(Number.isInteger(seed), 'seed', 'a whole number');
  check(isRecord(model), 'model', 'an object');
  check(isRecord(vocabularies), 'vocabularies', 'an object');
  check(isRecord(provenance), 'provenance', 'an object');
  const batch = rowsOf(recipe.batch, 'batch');
  const phases = phasesOf(recipe.phases, batch);
  const plugins = pluginsOf(recipe.plugins ?? [], others);
  const last = phases.at(-1)!;
  const optimizer = numbers(recipe.optimizer, 'optimizer');
  const length = numbers(recipe.length, 'length');
  const info = {
    formatVersion: 1,
    model: {
      ...model,
      tasks: tasks.map(({ name, tokens }) => ({ name, tokens })),
      input: { height: last.size, width: last.size },
    },
    vocabularies: {
      ...Object.fromEntries(tasks.map(({ name, vocabulary }) => [name, vocabulary])),
      ...vocabularies,
    },
    provenance: { ...provenance, trained: true },
  };
  return {
    tasks,
    plugins,
    info: parseInfo(JSON.stringify(info)),
    seed: Number(seed),
    batch,
    losses: byTask(recipe.losses, 'losses', [...tasks, ...plugins]),
    optimizer: {
      peak: positive(optimizer.peak, 'optimizer.peak'),
      warmUpSteps: positive(optimizer.warmUpSteps, 'optimizer.warmUpSteps'),
      weightDecay: optimizer.weightDecay ?? 0,
      clip: positive(optimizer.clip, 'optimizer.clip'),
    },
    phases,
    balance: balanceOf(recipe.balance ?? {}, tasks),
    length:
      length.steps === undefined
        ? { hours: positive(length.hours, 'length.hours') }
        : { steps: positive(length.steps, 'length.steps') },
  };
}

/** What is trained in a phase. */
export const planOf = (
  { info, tasks, plugins, seed, losses, optimizer }: Recipe,
  { size }: Pick<Phase, 'size'>,
): TrainingPlan => ({
  model: { ...info.model, input: { height: size, width: size } },
  tasks: [...tasks, ...plugins],
  vocabularies: info.vocabularies,
  seed,
  weights: losses,
  weightDecay: optimizer.weightDecay,
  clip: optimizer.clip,
});
