import type { Box, Point } from '../image/geometry.js';
import type { Color } from '../task/draw.js';
import type { TextMeasure } from './text.js';

/** A way to draw on a picture; sizes and positions are photo pixels. */
export interface Painter extends TextMeasure {
  /** One stroke along several lines, with round caps and joins. */
  stroke(
    lines: readonly (readonly Point[])[],
    style: {
      readonly color: Color;
      readonly opacity: number;
      readonly width: number;
      readonly closed: boolean;
    },
  ): void;
  /** Filled circles with a dark rim. */
  dots(
    points: readonly Point[],
    style: { readonly color: Color; readonly radius: number; readonly rim: number },
  ): void;
  /** The background of a card with text of this size. */
  plate(spot: Box, size: number): void;
  /** A line of text whose baseline starts at `x`, `y`. */
  write(
    text: string,
    place: { readonly x: number; readonly y: number; readonly size: number; readonly color: Color },
  ): void;
}
