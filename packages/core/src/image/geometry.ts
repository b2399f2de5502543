/** A rectangle in photo pixels; `x`, `y` is its top-left corner, edges (not pixel centres): the whole photo is 0, 0, width, height. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A position in photo pixels, (0, 0) being the centre of the top-left pixel. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
