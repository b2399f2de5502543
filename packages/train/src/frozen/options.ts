import {
  type Checkpoint,
  type DetectorFactory,
  FaceXFormerError,
  type Pixels,
  type Provenance,
  type RunOptions,
  type Runtime,
  type Task,
} from '@facexformer/core';
import { kindOf } from '@facexformer/core/formats';
import type { Example } from './example.js';
import type { FeatureCache } from './features/cache.js';
import type { SplitShares } from './learn/split.js';
import type { Epoch } from './result.js';

/** How a task is trained. */
export interface Training {
  /** Largest number of epochs; 40 by default. */
  readonly epochs: number;
  /** Epochs without a lower validation loss after which to stop; 10 by default. */
  readonly patience: number;
  /** Photos of a step; 32 by default. */
  readonly batch: number;
  /** Highest learning rate; 0.004 by default. */
  readonly rate: number;
  /** Pull of the weights to zero; 0.05 by default. */
  readonly weightDecay: number;
  /** Also learns from mirror images; true by default. */
  readonly flip: boolean;
  /** Shows all classes equally often; true by default. */
  readonly balance: boolean;
  /** Shares of the photos for choosing the epoch and for measuring; 0.15 each by default. */
  readonly splits: SplitShares;
  /**
   * For a handful of photos: in place of splits, so many trainings each hold back another part of the photos, on which
   * they are measured, and the plug-in learns from all photos. No epoch is chosen, and splits that photos bring are not
   * looked at. 2 or more; by default 0, which means splits.
   */
  readonly folds: number;
  /** The same seed gives the same plug-in on the same machine; 1 by default. */
  readonly seed: number;
}

/** How far a training is. */
export type Progress =
  | { readonly phase: 'features'; readonly done: number; readonly name: string }
  | ({
      readonly phase: 'training';
      readonly of: number;
      /** Which training this is, from 0; with folds there is one more than folds. */
      readonly round: number;
      readonly rounds: number;
    } & Epoch);

/** What a task is trained on and with. */
export interface TrainTaskOptions<Image> extends RunOptions, Choices {
  readonly task: Task;
  /** The model to build on; it stays as it is, and stays open. */
  readonly base: Checkpoint;
  readonly runtime: Runtime<Image>;
  /** Photos and labels: at least three of each class. */
  readonly data: AsyncIterable<Example<Image | Pixels>> | Iterable<Example<Image | Pixels>>;
  /** Finds the face of each photo; without it, each photo is taken whole. */
  readonly detector?: DetectorFactory;
  /** Keeps what the base computes; by default in memory. */
  readonly cache?: FeatureCache;
  /** Whose plug-in it is; part of the checkpoint. */
  readonly provenance?: Partial<Pick<Provenance, 'name' | 'source' | 'licence' | 'notes'>>;
  /** Called after each photo and each epoch. */
  onProgress?(progress: Progress): void;
}

/** Undefined stands for the default. */
type Choices = { readonly [Name in keyof Training]?: Training[Name] | undefined };

const DEFAULTS: Training = {
  epochs: 40,
  patience: 10,
  batch: 32,
  rate: 4e-3,
  weightDecay: 0.05,
  flip: true,
  balance: true,
  splits: { val: 0.15, test: 0.15 },
  folds: 0,
  seed: 1,
};

/** Largest values that make sense. */
const WHOLE = { epochs: 100_000, patience: 100_000, batch: 4096, seed: 2 ** 31 } as const;

/**
 * Fills in the defaults.
 * @throws {FaceXFormerError} `BAD_OPTION` naming the option.
 */
export function checkTraining(options: Choices): Training {
  const given = Object.entries(options).filter(([name, value]) => name in DEFAULTS && value !== undefined);
  const training: Training = { ...DEFAULTS, ...Object.fromEntries(given) };
  for (const [name, most] of Object.entries(WHOLE) as [keyof typeof WHOLE, number][]) {
    const value = training[name];
    const ok = Number.isInteger(value) && value >= (name === 'seed' ? 0 : 1) && value <= most;
    if (!ok) throw bad(name, value, `a whole number up to ${most}`);
  }
  for (const name of ['rate', 'weightDecay'] as const) {
    const value = training[name];
    if (!(value >= 0 && value <= 1)) throw bad(name, value, 'a number from 0 to 1');
  }
  for (const name of ['flip', 'balance'] as const) {
    if (typeof training[name] !== 'boolean') throw bad(name, training[name], 'true or false');
  }
  const { folds } = training;
  if (!Number.isInteger(folds) || folds < 0 || folds === 1 || folds > 100) {
    throw bad('folds', folds, '0 or a whole number from 2 to 100');
  }
  const { val, test } = training.splits;
  if (!(val > 0 && test > 0 && val + test < 1)) {
    throw bad('splits', training.splits, '{ val, test }, shares above 0 whose sum is below 1');
  }
  return training;
}

const bad = (name: string, value: unknown, expected: string): FaceXFormerError =>
  new FaceXFormerError('BAD_OPTION', `option "${name}" must be ${expected}, not ${kindOf(value)}`);
