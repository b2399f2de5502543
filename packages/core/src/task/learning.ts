import type { Value } from '../graph/value.js';
import type { Point, TurnedBox } from '../image/geometry.js';
import type { ViewTransform } from '../image/view-transform.js';
import type { Vocabulary } from './vocabulary.js';

/**
 * How far an answer is from its label:
 * `crossEntropy` logits [K] and a distribution over K labels; `binaryCrossEntropy` logits [K] and K numbers 0 or 1;
 * `absolute` values [K] and values; `mask` logits [K, H, W] of K classes beside a background, and K planes of 0 or 1;
 * `contrastive` a vector [K] and the number of who or what it belongs to.
 */
export type LossKind = 'crossEntropy' | 'binaryCrossEntropy' | 'absolute' | 'mask' | 'contrastive';

/** What a label is turned into a target with. */
export interface LabelContext {
  /** The crop that the network sees, in the pixels that the label is stated in. */
  readonly crop: TurnedBox;
  /** Shape of the raw output of one face. */
  readonly raw: readonly number[];
  /** Labels and conventions that the model is trained with. */
  readonly vocabulary: Vocabulary;
  /** All different labels of the data in order, as text; empty where they are not known beforehand. */
  readonly classes: readonly string[];
}

/** What is known of a face beside a task's own label. */
export interface KnownFace {
  /** Labels by task, as they are in the view, places in its pixels. */
  readonly labels: Readonly<Record<string, unknown>>;
  /** Whether something was painted over a place of the view. */
  readonly covered?: (place: Point) => boolean;
}

/** The line around a face and two points on it, in the pixels of the label. */
export interface FaceOutline {
  /** From one ear along the chin to the other. */
  readonly jaw: readonly Point[];
  /** Along both brows, from where the jaw ends back to where it begins. */
  readonly brows: readonly Point[];
  /** The lowest point of the jaw. */
  readonly chin: Point;
  /** The bridge of the nose, between the eyes. */
  readonly bridge: Point;
}

/** What a trainer has to know of a task. A label is whatever `encode` reads; places in it are photo pixels. */
export interface Learning {
  /** One of the known losses, or a function of raw outputs [B, ...] and targets [B, ...] to a loss per face [B]. */
  readonly loss: LossKind | ((raw: Value, target: Value, vocabulary: Vocabulary) => Value);
  /** Shape of one face's target, from that of its raw output, which it is by default. */
  readonly target?: (raw: readonly number[]) => readonly number[];
  /**
   * A label, as data sets write it, as a target.
   * @throws {FaceXFormerError} `BAD_OPTION` for a label that the task does not know.
   */
  readonly encode: (label: unknown, context: LabelContext) => ArrayLike<number>;
  /** What becomes of the label in another view of the photo; without it, the label holds in every view. */
  readonly transform?: (label: unknown, view: ViewTransform) => unknown;
  /** A label that follows from what else is known of the face, where the data has none. */
  readonly derive?: (face: KnownFace) => unknown;
  /**
   * The raw output that answers the mean target, where the last bias of the head starts. Known for the named losses;
   * with a function as loss the bias starts at zero.
   */
  readonly initialBias?: (mean: ArrayLike<number>) => ArrayLike<number>;
  /**
   * Where the answer may be read. `face`: a trainer may replace hair and surroundings, so that the answer is not learnt
   * from them. `surroundings`: faces without them are left out. By default neither.
   */
  readonly evidence?: 'face' | 'surroundings';
  /** How often a trainer shows a face with this label while it shows others once: a whole number, 1 by default. */
  readonly repeats?: (label: unknown) => number;
  /** The outline of the face, for labels that tell it: with it a trainer tells the face from its surroundings. */
  readonly outline?: (label: unknown) => FaceOutline;
  /** The label is a mask: it is kept as pixels, and only the faces that have one go through the head. */
  readonly dense?: true;
  /** Numbers of one face, from its raw output and target, whose means are reported beside those of the loss. */
  readonly score?: (raw: Float32Array, target: Float32Array) => Readonly<Record<string, number>>;
}
