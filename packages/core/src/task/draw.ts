import { ANY_TEXT, BYTES, having, type Kind, LIST, listOf, OBJECT, oneOf, whole } from '../base/arguments.js';
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

const POINTS = having('points', { points: listOf(OBJECT) });
const FORMS: Readonly<Record<Shape['kind'], Kind>> = {
  points: POINTS,
  line: POINTS,
  mask: having('a mask', { columns: whole(1), rows: whole(1), labels: BYTES, colors: LIST }),
  label: having('a label', { text: ANY_TEXT }),
};
const NAMED = having('a shape { kind }', { kind: oneOf(...Object.keys(FORMS)) });
const formOf = (value: unknown): Kind => (NAMED.fits(value) ? FORMS[(value as Shape).kind] : NAMED);

/** Check of shapes, which come from anybody's tasks. The places of points may be NaN: such a point is left out. */
export const SHAPES = listOf({
  words: NAMED.words,
  fits: (value) => formOf(value).fits(value),
  misfit: (value) => formOf(value).misfit!(value),
});
