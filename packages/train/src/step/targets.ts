/** Sizes that a step graph is built for. */
export interface StepShape {
  readonly batch: number;
  /** Rows from the first that carry a mask. */
  readonly masks: number;
  /** Side of the square input in pixels. */
  readonly size: number;
  /** The age that each bin of the age head stands for. */
  readonly ageCentres: readonly number[];
}

export const PARSING_CLASSES = 11;

/**
 * The graph's feeds besides the training state: the image, and for every task its target and a weight per row
 * (0: no label). Parsing has classes one-hot, all zero where the class is unknown.
 */
export const targetShapes = ({
  batch,
  masks,
  size,
  ageCentres,
}: StepShape): Readonly<Record<string, readonly number[]>> => {
  const widths = {
    landmarks: 136,
    headPose: 3,
    visibility: 29,
    attributes: 40,
    age: ageCentres.length,
    gender: 2,
    race: 5,
    expression: 7,
  };
  const targets = Object.entries(widths).flatMap(([name, width]) => [
    [name, [batch, width]],
    [`${name}Weight`, [batch]],
  ]);
  return {
    ...Object.fromEntries(targets),
    image: [batch, 3, size, size],
    ageYears: [batch],
    parsing: [masks, PARSING_CLASSES, size, size],
  };
};
