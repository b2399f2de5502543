import type {
  Checkpoint,
  DetectorFactory,
  Pixels,
  Provenance,
  RunOptions,
  Runtime,
  Task,
} from '@facexformer/core';
import {
  between,
  CHECKPOINT,
  checkOptions,
  FLAG,
  FUNCTION,
  having,
  kind,
  OBJECT,
  RUNTIME,
  SIGNAL,
  TASK,
  whole,
} from '@facexformer/core/arguments';
import { isRecord } from '@facexformer/core/formats';
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

const SHARE = between(0, 1);
const SPLITS = kind('{ val, test }, shares above 0 whose sum is below 1', (value) => {
  const { val, test } = isRecord(value) ? value : {};
  return typeof val === 'number' && typeof test === 'number' && val > 0 && test > 0 && val + test < 1;
});
const FOLDS = kind('0 or a whole number from 2 to 100', (value) => value === 0 || whole(2, 100).fits(value));
const DATA = kind(
  'an iterable of photos and labels, such as photosOfFolder(path)',
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    (Symbol.iterator in value || Symbol.asyncIterator in value),
);

const OPTIONS = {
  task: TASK,
  base: CHECKPOINT,
  runtime: RUNTIME,
  data: DATA,
  detector: { ...FUNCTION, words: 'a function such as blazeFace()' },
  cache: having('a cache such as memoryCache()', { read: FUNCTION, write: FUNCTION }),
  provenance: OBJECT,
  onProgress: FUNCTION,
  signal: SIGNAL,
  epochs: whole(1, 100_000),
  patience: whole(1, 100_000),
  batch: whole(1, 4096),
  seed: whole(0, 2 ** 31),
  rate: SHARE,
  weightDecay: SHARE,
  flip: FLAG,
  balance: FLAG,
  splits: SPLITS,
  folds: FOLDS,
};

/**
 * Fills in the defaults.
 * @throws {FaceXFormerError} `BAD_OPTION` naming the option.
 */
export function checkTraining<Image>(options: TrainTaskOptions<Image>): Training {
  checkOptions('trainTask', options, OPTIONS, ['task', 'base', 'runtime', 'data']);
  const given = Object.entries(options).filter(([name, value]) => name in DEFAULTS && value !== undefined);
  return { ...DEFAULTS, ...Object.fromEntries(given) };
}
