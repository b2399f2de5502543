/** How a detected box becomes what the network sees of the photo; see {@link cropBox}. */
export interface CropPolicy {
  /** Share of the box's size by which it grows on each side. */
  readonly margin: number;
  /** A square about the longer side, which may reach over the photo's edge; else a clamped rectangle, as the official one. */
  readonly square: boolean;
  /** Share of the longer side by which a square is moved up, for the hair; 0 by default. */
  readonly raise?: number;
  /**
   * Degrees of roll from which a square is turned upright with the face, where the detector knows the roll; without it,
   * no crop is turned.
   */
  readonly upright?: number;
}
