import type { Tensor } from '../base/tensor.js';
import type { Size } from '../image/geometry.js';
import type { Vocabulary } from './vocabulary.js';

/** Figures by name, such as `age.mae`. What cannot be computed is left out. */
export type Figures = Readonly<Record<string, number>>;

/** A figure as people are told it; figures named after it, such as `age.mae.yaw`, are its parts and have its unit. */
export interface Headline {
  /** Name among the task's {@link Figures}. */
  readonly figure: string;
  readonly title: string;
  readonly unit: 'share' | 'degrees' | 'years' | 'number';
  readonly better: 'higher' | 'lower';
  /** Compared between groups of people by the bias audit. */
  readonly audited?: boolean;
}

/** A task's answer for one face, as its judge sees it. */
export interface Answer<Result = unknown> {
  readonly result: Result;
  /** The head's output, without the batch axis. */
  readonly raw: Tensor;
  /** Size of the photo in pixels. */
  readonly photo: Size;
  readonly vocabulary: Vocabulary;
}

/** What is kept of one judged face. */
export interface Verdict {
  /** Counts and errors that add up over faces; their meaning is the task's own. */
  readonly sums: Float64Array;
  /** Logits in head order, where the head chooses labels. */
  readonly logits?: Float32Array;
  /** The true label's place among the logits, or 0 and 1 for each of them where they are independent questions. */
  readonly target?: number | readonly number[];
  /** Who or what the face shows, where faces are judged by each other. */
  readonly label?: string;
}

/** How a task's answers are judged. Labels are those of the task's `learning`, places in them photo pixels. */
export interface Metrics<Result = unknown> {
  /** In the order of a report, what stands for the task first. */
  readonly headlines: readonly Headline[];
  /**
   * The verdict on an answer; undefined where the label cannot judge it.
   * @throws {FaceXFormerError} `BAD_OPTION` for a label that the task does not know.
   */
  judge(answer: Answer<Result>, label: unknown): Verdict | undefined;
  /** The figures of a number of faces, a pure function of their verdicts; those of none are none. */
  figures(verdicts: readonly Verdict[]): Figures;
  /** The group of people that a label stands for, where a bias audit compares groups by this task. */
  group?(label: unknown): string | undefined;
  /** The same as the model sees it, for faces without such a label. */
  predictedGroup?(result: Result): string | undefined;
  /** Whether a table says which label is taken for which. */
  readonly confusion?: boolean;
  /** An error of each face, 0 or more, that is drawn as a cumulative curve; beyond `limit` a face is a failure. */
  readonly curve?: {
    readonly title: string;
    readonly limit: number;
    /** A share, such as 0.04 for 4 %. */
    error(verdict: Verdict): number;
  };
}

/** Adds up the sums of verdicts; zeros of none. */
export function total(verdicts: readonly Verdict[], width: number): Float64Array {
  const sums = new Float64Array(width);
  for (const { sums: own } of verdicts) for (let i = 0; i < width; i += 1) sums[i]! += own[i]!;
  return sums;
}

/** A quotient as a figure, left out where there is nothing to divide by. */
export const share = (name: string, part: number, whole: number): Figures =>
  whole > 0 ? { [name]: part / whole } : {};

/** A figure that is the mean of its parts, and the parts, `<name>.<part>`; nothing of no parts. */
export function meanAndParts(name: string, parts: readonly (readonly [string, number])[]): Figures {
  if (parts.length === 0) return {};
  return {
    [name]: parts.reduce((sum, [, value]) => sum + value, 0) / parts.length,
    ...Object.fromEntries(parts.map(([part, value]) => [`${name}.${part}`, value])),
  };
}
