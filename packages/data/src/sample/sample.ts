import type { Box, Size } from '@facexformer/core';

/** A picture of a mask: 8-bit grey, of the photo's proportions. */
export interface MaskLayer {
  /** Path or bytes. */
  readonly image: string | Uint8Array;
  /** Class of a grey value; undefined lets the layers beneath show through, background at last. */
  readonly classOf: (value: number) => number | undefined;
}

/** Values by task name, each as the task's `learning` and `metrics` read it. Places are photo pixels. */
export type Labels = Readonly<Record<string, unknown>>;

/** A labelled face. */
export interface Sample {
  /** Name within its set, for messages. */
  readonly name: string;
  readonly set: string;
  /** Path or bytes of a picture. */
  readonly image: string | Uint8Array;
  /** What is known of the face, masks apart: a task that is absent takes no part. */
  readonly labels: Labels;
  /** Masks by task name that are not decoded yet: layers of one size from bottom to top, at least one. */
  readonly masks?: Readonly<Record<string, readonly MaskLayer[]>>;
  /** How much a label counts in training, by task name; 1 where nothing is stated. */
  readonly weights?: Readonly<Record<string, number>>;
  /** Groups of people that the set tells beside the labels, by dimension: `{ young: 'not young' }`. */
  readonly groups?: Readonly<Record<string, string>>;
  /** Size of the photo, where the set states it. */
  readonly size?: Size;
  /** The face's box in photo pixels, where a detector was asked. */
  readonly box?: Box;
  /** Where the face usually is in photos of the set, as shares of width and height. */
  readonly place?: Box;
}

/** Samples in the order of their files; read as they are asked for. */
export type Samples = AsyncIterable<Sample>;
