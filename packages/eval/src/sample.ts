import type { Box, VOCABULARIES } from '@facexformer/core';

type Vocabularies = typeof VOCABULARIES;
/** A label of the task `gender`. */
export type Gender = Vocabularies['gender']['labels'][number];
/** A label of the task `race`. */
export type Race = Vocabularies['race']['labels'][number];
/** A label of the task `expression`. */
export type Expression = Vocabularies['expression']['labels'][number];

/** A class map of the whole image, row by row from the top, with indices into `VOCABULARIES.parsing.labels`. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  /** {@link UNKNOWN_CLASS} where the truth is not known. */
  readonly classes: Uint8Array;
}

/** A pixel of a mask that nothing is known about; it is not judged. */
export const UNKNOWN_CLASS = 255;

/** A picture of a mask: 8-bit grey, of the image's proportions. */
export interface MaskLayer {
  /** Path or bytes. */
  readonly image: string | Uint8Array;
  /** Class of a grey value; undefined lets the layers beneath show through, background at last. */
  readonly classOf: (value: number) => number | undefined;
}

/** Angles in degrees, in the convention of 300W-LP. */
export interface PoseAngles {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
}

/** What is known of a face. An absent field is unknown, and the sample does not count for that task. */
export interface Labels {
  /** Layers from bottom to top, of one size; at least one. */
  readonly mask?: readonly MaskLayer[];
  /** 68 points in iBUG order, x0, y0, x1, y1, ... in image pixels, (0, 0) being the centre of the first pixel. */
  readonly points?: readonly number[];
  readonly pose?: PoseAngles;
  /** 0 or 1 for each of CelebA's 40 attributes, in the dataset's order. */
  readonly attributes?: readonly number[];
  /** 1 for each of COFW's 29 points that is hidden, else 0. */
  readonly hidden?: readonly number[];
  /** Years; a set that states ranges only gives first and last year of the range. */
  readonly age?: number | { readonly from: number; readonly to: number };
  readonly gender?: Gender;
  readonly race?: Race;
  readonly expression?: Expression;
}

/** A labelled face. */
export interface Sample {
  /** Name within its set, for messages. */
  readonly name: string;
  readonly set: string;
  /** Path or bytes of a picture. */
  readonly image: string | Uint8Array;
  readonly labels: Labels;
  /** Where the face is, as shares of the image's width and height, for when no detector finds it. */
  readonly place?: Box;
}

/** Samples in the order of their files; read as they are asked for. */
export type Samples = AsyncIterable<Sample>;
