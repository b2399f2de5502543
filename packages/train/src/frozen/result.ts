import type { Measured, PluginCheckpoint } from '@facexformer/core';
import type { Skipped, Split } from './example.js';

/** A line of the training curve. */
export interface Epoch {
  readonly epoch: number;
  readonly trainLoss: number;
  /** Classes count equally. NaN where all photos are trained on: in the last round of folds. */
  readonly valLoss: number;
}

/** A finished plug-in and how it came about. */
export interface TrainedTask {
  /** Ready for `plugin(task, checkpoint)`, and for a file by `savePluginCheckpoint`. */
  readonly checkpoint: PluginCheckpoint;
  /**
   * On the test photos, used neither to train nor to choose, with 95 % intervals. With folds on all photos, each
   * by the training that had not seen it.
   */
  readonly metrics: Readonly<Record<string, Measured>>;
  /** With folds their means. */
  readonly epochs: readonly Epoch[];
  /** The epoch whose parameters were kept. */
  readonly best: number;
  /** Photos of each split; with folds all of them are `train` and `test`. */
  readonly counts: Readonly<Record<Split, number>>;
  readonly skipped: readonly Skipped[];
}
