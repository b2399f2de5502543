import { having, listOf } from '../base/arguments.js';
import { BOX, type Box, type Size } from '../image/geometry.js';
import { SHAPES, type Shape } from '../task/draw.js';

/** What is to be drawn of one face; `analyzer.draw` gives the shapes. */
export interface FaceDrawing {
  readonly box: Box;
  readonly shapes: readonly Shape[];
}

/** Check of an argument. */
export const DRAWINGS = listOf(
  having('a drawing { box, shapes } as analyzer.draw gives', { box: BOX, shapes: SHAPES }),
);

/** The line width 1 of a face in photo pixels: 1/160 of the face, or more where that would be too thin for the photo. */
export const lineWidth = ({ width, height }: Box, photo: Size): number =>
  Math.max(Math.max(width, height) / 160, Math.max(photo.width, photo.height) / 1100);

/** Text size for one of `faces` faces, in photo pixels: it follows the face, within bounds set by the photo. */
export function textSize({ width, height }: Box, photo: Size, faces: number): number {
  const long = Math.max(photo.width, photo.height);
  const least = long / Math.min(110, 50 + 8 * faces);
  return Math.min(Math.max(Math.max(width, height) / 13, least), long / 28);
}
