import { FaceXFormerError, type Pixels } from '@facexformer/core';
import type { Answer } from '../predictor.js';
import type { Labels, Mask, MaskLayer } from '../sample.js';

/** Figures by name, such as `age.mae`. What cannot be computed is left out. */
export type Figures = Readonly<Record<string, number>>;

/** What a judge keeps of one face. */
export interface Verdict {
  /** Counts and errors that add up over faces; their meaning is the judge's own. */
  readonly sums: Float64Array;
  /** Logits in head order, where the head chooses labels. */
  readonly logits?: Float32Array;
  /** The true label's place among the logits, or 0 and 1 for each of them where they are independent questions. */
  readonly target?: number | readonly number[];
}

/** The truth about a face: its labels, and its mask once decoded. */
export type Truth = Omit<Labels, 'mask'> & { readonly mask?: Mask };

/** Judges one task's answers. */
export interface Judge {
  readonly task: string;
  /** The verdict on an answer; undefined where the labels say nothing about the task. */
  judge(answer: Answer, truth: Truth): Verdict | undefined;
  /** The figures of a number of faces; those of none are none. */
  figures(verdicts: readonly Verdict[]): Figures;
}

/** Adds up the sums of verdicts; zeros of none. */
export function total(verdicts: readonly Verdict[], width: number): Float64Array {
  const sums = new Float64Array(width);
  for (const { sums: own } of verdicts) for (let i = 0; i < width; i += 1) sums[i]! += own[i]!;
  return sums;
}

/** A share as a figure, left out where there is nothing to divide by. */
export const share = (name: string, part: number, whole: number): Figures =>
  whole > 0 ? { [name]: part / whole } : {};

/** The mean of numbers; undefined of none. */
export const meanOf = (values: readonly number[]): number | undefined =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : undefined;

/** Lays decoded layers over each other, from bottom to top; background where none has a class. */
export function maskOf(layers: readonly (readonly [Pixels, MaskLayer['classOf']])[]): Mask {
  const { width, height } = layers[0]![0];
  const classes = new Uint8Array(width * height);
  for (const [pixels, classOf] of layers) {
    if (pixels.width !== width || pixels.height !== height) {
      throw new FaceXFormerError('BAD_IMAGE', `the layers of a mask have different sizes`);
    }
    for (let i = 0; i < classes.length; i += 1) {
      const value = classOf(pixels.data[3 * i]!);
      if (value !== undefined) classes[i] = value;
    }
  }
  return { width, height, classes };
}
