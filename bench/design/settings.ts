import type { Runtime } from '@facexformer/core';
import type { OpenEngine, Recipe, Rows } from '@facexformer/train';

/** What all variants of a run share. */
export interface Settings {
  readonly recipe: Recipe;
  /** Rows of each set in the joint batch. */
  readonly rows: Rows;
  readonly steps: number;
  /** Side of the picture in training. */
  readonly size: number;
  /** Side of the picture where latency is measured. */
  readonly latencySize: number;
  /** Turns of a latency measurement. */
  readonly turns: number;
  /** Faces of each set in the validation. */
  readonly faces: number;
  readonly runtime: Runtime;
  readonly engine: OpenEngine;
  readonly cache: string;
  /** Folder of the results. */
  readonly out: string;
  /** Folder of trials under way. */
  readonly scratch: string;
}
