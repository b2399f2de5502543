import { having, oneOf } from '../base/arguments.js';
import type { Point } from '../image/geometry.js';

/** `#rrggbb` */
export type Color = `#${string}`;

/**
 * A drawing is plain data in photo pixels, so that Node and browser render the same picture.
 * `width` and `size` are relative to the face: 1 is a good line or text size at the face's own scale.
 */
export type Shape =
  | { readonly kind: 'points'; readonly points: readonly Point[]; readonly color: Color }
  | {
      readonly kind: 'line';
      readonly points: readonly Point[];
      readonly color: Color;
      readonly closed?: boolean;
      readonly width?: number;
    }
  | {
      /** Translucent class colours over the pixels of a mask; `colors[label]`, undefined draws nothing. */
      readonly kind: 'mask';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      /** Degrees by which the rectangle is turned about its centre, clockwise. */
      readonly roll?: number;
      /** Size of `labels`; it is stretched over the rectangle. */
      readonly columns: number;
      readonly rows: number;
      readonly labels: Uint8Array;
      readonly colors: readonly (Color | undefined)[];
    }
  | {
      /** A line of the text card beside the face: `caption` in a dim first column, `text` beside it. */
      readonly kind: 'label';
      readonly caption?: string;
      readonly text: string;
    };

/** A probability for a label card: `0.913` is `91 %`. */
export const percent = (probability: number): string => `${Math.round(probability * 100)} %`;

/** Check of an argument. */
export const SHAPE = having('a shape { kind }', { kind: oneOf('points', 'line', 'mask', 'label') });
