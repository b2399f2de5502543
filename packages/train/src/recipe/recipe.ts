import { type CheckpointInfo, FaceXFormerError, parseInfo, VOCABULARIES } from '@facexformer/core';
import { ageBinCentres, allTasks } from '@facexformer/tasks';
import type { StepPlan } from '../step/step.js';
import type { Rows } from '../trainer/sampler.js';

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

/** Everything that decides how a model of all built-in tasks is trained, besides the data. */
export interface Recipe {
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
  /** Share of each attribute's log odds that is taken off its logit, 0..1: raises balanced accuracy, costs accuracy. */
  readonly balance: number;
  /** Steps make runs repeatable bit for bit; hours make them end. */
  readonly length: { readonly steps: number } | { readonly hours: number };
}

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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

/**
 * Reads a recipe, such as `training/mini.json`.
 * @throws {FaceXFormerError} `BAD_OPTION` or `BAD_CHECKPOINT` naming the field that is wrong.
 */
export function parseRecipe(json: string): Recipe {
  let recipe: unknown;
  try {
    recipe = JSON.parse(json);
  } catch (cause) {
    throw new FaceXFormerError('BAD_OPTION', 'the recipe is no valid JSON', { cause });
  }
  check(isRecord(recipe), 'recipe', 'an object');
  const { seed, provenance, model, vocabularies = {} } = recipe;
  check(Number.isInteger(seed), 'seed', 'a whole number');
  check(isRecord(model), 'model', 'an object');
  check(isRecord(vocabularies), 'vocabularies', 'an object');
  check(isRecord(provenance), 'provenance', 'an object');
  const batch = rowsOf(recipe.batch, 'batch');
  const phases = phasesOf(recipe.phases, batch);
  const last = phases.at(-1)!;
  const optimizer = numbers(recipe.optimizer, 'optimizer');
  const length = numbers(recipe.length, 'length');
  const { balance = 0 } = recipe;
  check(typeof balance === 'number' && balance >= 0 && balance <= 1, 'balance', 'from 0 to 1');
  const info = {
    formatVersion: 1,
    model: {
      ...model,
      tasks: allTasks().map(({ name, tokens }) => ({ name, tokens })),
      input: { height: last.size, width: last.size },
    },
    vocabularies: { ...VOCABULARIES, ...vocabularies },
    provenance: { ...provenance, trained: true },
  };
  return {
    info: parseInfo(JSON.stringify(info)),
    seed: Number(seed),
    batch,
    losses: numbers(recipe.losses, 'losses'),
    optimizer: {
      peak: positive(optimizer.peak, 'optimizer.peak'),
      warmUpSteps: positive(optimizer.warmUpSteps, 'optimizer.warmUpSteps'),
      weightDecay: optimizer.weightDecay ?? 0,
      clip: positive(optimizer.clip, 'optimizer.clip'),
    },
    phases,
    balance,
    length:
      length.steps === undefined
        ? { hours: positive(length.hours, 'length.hours') }
        : { steps: positive(length.steps, 'length.steps') },
  };
}

/** The step graph's plan of a phase. */
export function planOf(recipe: Recipe, { size, batch }: Pick<Phase, 'size' | 'batch'>): StepPlan {
  const { info, seed, losses, optimizer } = recipe;
  return {
    model: { ...info.model, input: { height: size, width: size } },
    tasks: allTasks(),
    vocabularies: info.vocabularies,
    shape: {
      batch: batch.reduce((sum, { rows }) => sum + rows, 0),
      masks: batch[0]!.rows,
      size,
      ageCentres: ageBinCentres(info.vocabularies.age!),
    },
    seed,
    weights: losses,
    weightDecay: optimizer.weightDecay,
    clip: optimizer.clip,
  };
}
