/** The answer for one photo beside its target. */
export interface Row {
  readonly raw: Float32Array;
  readonly target: Float32Array;
  /** Class of the photo; 0 where there are none. */
  readonly stratum: number;
}

/** A number that some photos have together; NaN where they cannot tell. */
export type Metric = (rows: readonly Row[]) => number;

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
