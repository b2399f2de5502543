import { demand, having, kind } from '../base/arguments.js';
import { POINT, type Point, SIZE, type Size } from './geometry.js';

/**
 * How a view that a network learns from was taken from a photo: turned, scaled, shifted, perhaps mirrored. Positions
 * are pixels, (0, 0) being the centre of the top-left one, in the photo as in the view.
 */
export interface ViewTransform {
  readonly photo: Size;
  readonly view: Size;
  /** Photo to view: x' = a x + c y + e, y' = b x + d y + f. */
  readonly matrix: readonly [a: number, b: number, c: number, d: number, e: number, f: number];
  /** Whether left and right change sides. */
  readonly mirrored: boolean;
  /** Degrees by which the content turns clockwise, before it is mirrored. */
  readonly rotation: number;
}

const VIEW = having('a view { photo, view, matrix }', {
  matrix: kind(
    'six numbers',
    (value) => Array.isArray(value) && value.length === 6 && value.every(Number.isFinite),
  ),
});

/** Where a position of the photo is seen in the view. */
export function toView(view: ViewTransform, point: Point): Point {
  const [a, b, c, d, e, f] = demand(view, VIEW, 'toView: view').matrix;
  const { x, y } = demand(point, POINT, 'toView: point');
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}

/** The same transform from the view back to the photo, as a matrix like {@link ViewTransform.matrix}. */
export function inverseMatrix(view: ViewTransform): ViewTransform['matrix'] {
  const [a, b, c, d, e, f] = demand(view, VIEW, 'inverseMatrix: view').matrix;
  const scale = a * d - b * c;
  const [ia, ib, ic, id] = [d / scale, -b / scale, -c / scale, a / scale];
  return [ia, ib, ic, id, -(ia * e + ic * f), -(ib * e + id * f)];
}

/** The mirror image of a whole photo. */
export const mirrorImage = (photo: Size): ViewTransform => ({
  photo,
  view: photo,
  matrix: [-1, 0, 0, 1, demand(photo, SIZE, 'mirrorImage: photo').width - 1, 0],
  mirrored: true,
  rotation: 0,
});
