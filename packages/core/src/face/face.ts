import { having } from '../base/arguments.js';
import type { FaceXFormerError } from '../base/errors.js';
import type { Signal } from '../base/signal.js';
import type { Tensor } from '../base/tensor.js';
import { BOX, type Box, type Point, type TurnedBox } from '../image/geometry.js';
import type { Results } from '../task/results.js';
import type { Task } from '../task/task.js';

/** What went wrong, by task. */
export type TaskErrors = Readonly<Record<string, FaceXFormerError | undefined>>;

/** A face as plain JSON. */
export type FaceJson = Readonly<Record<string, unknown>>;

/** What every face has, whatever tasks run. Coordinates are photo pixels. */
export interface Face {
  /** The detected or given box; the whole photo where nothing was to be detected. */
  readonly box: Box;
  /** The detector's confidence, 0..1; 1 for given boxes. */
  readonly score: number;
  /** The part of the photo that the network saw; turned where the model asks for upright faces. */
  readonly crop: TurnedBox;
  readonly keypoints?: readonly Point[];
  /** Present while the model's weights are untrained: the results then mean nothing. */
  readonly warning?: string;
  /** Tasks that failed on this face, by name; the others' results are there. Reading a failed result throws its error. */
  readonly errors?: TaskErrors;
  /** What `JSON.stringify` writes of an analysed face: compact, for `readFace`. */
  toJSON?(): FaceJson;
}

/** A face with one property per registered task. */
export type AnalyzedFace<Tasks extends readonly Task[]> = Face & Results<Tasks>;

/** The heads' raw outputs for one face by task, without the batch axis, before any decoding. */
export type RawOutputs = Readonly<Record<string, Tensor>>;

/** Choices of a single call. */
export interface AnalyzeOptions<Only extends string = string> {
  /** Decode these tasks only; the result's type narrows with it. */
  readonly only?: readonly Only[];
  /** Boxes of the faces, instead of detecting them; with the roll of each, a model that asks for it sees it upright. */
  readonly boxes?: readonly TurnedBox[];
  /** `false` takes the whole photo as the crop of one face. */
  readonly detect?: false;
  /**
   * Also finds faces that lie on their side or upside down: the photo is searched in three more directions, and in the
   * four between where no face is sure, which costs four to eight times as much. `false` by default: the search finds
   * faces that are tilted by up to about 45 degrees.
   */
  readonly rotations?: boolean;
  readonly signal?: Signal | undefined;
}

/** Check of an argument. */
export const FACE = having('a face { box, crop }', { box: BOX, crop: BOX });
