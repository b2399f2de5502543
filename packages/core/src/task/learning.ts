import type { Value } from '../graph/value.js';
import type { Box } from '../image/geometry.js';

/**
 * How far an answer is from its label:
 * `crossEntropy` logits [K] and a distribution over K labels; `binaryCrossEntropy` logits [K] and K numbers 0 or 1;
 * `absolute` values [K] and values; `mask` logits [K, H, W] of K classes beside a background, and K planes of 0 or 1;
 * `contrastive` a vector [K] and the number of who or what it belongs to.
 */
export type LossKind = 'crossEntropy' | 'binaryCrossEntropy' | 'absolute' | 'mask' | 'contrastive';

/** What a label may be judged by beside itself. */
export interface LabelContext {
  /** The crop that the network sees, in photo pixels. */
  readonly crop: Box;
  /** Shape of the raw output of one face. */
  readonly raw: readonly number[];
  /** All different labels of the data in order, as text. */
  readonly classes: readonly string[];
}

/** What a trainer has to know of a task. */
export interface Learning {
  /** One of the known losses, or a function of raw outputs [B, ...] and targets [B, ...] to a loss per face [B]. */
  readonly loss: LossKind | ((raw: Value, target: Value) => Value);
  /** Shape of one face's target; that of its raw output by default. */
  readonly target?: readonly number[];
  /**
   * A label, as data sets write it, as a target.
   * @throws {FaceXFormerError} `BAD_OPTION` for a label that the task does not know.
   */
  readonly encode: (label: unknown, context: LabelContext) => ArrayLike<number>;
  /** The label of the mirrored photo, where it is another one. */
  readonly mirror?: (label: unknown) => unknown;
  /** Numbers of one face, from its raw output and target, whose means are reported beside those of the loss. */
  readonly score?: (raw: Float32Array, target: Float32Array) => Readonly<Record<string, number>>;
}
