/** A line of `log.jsonl` after some steps. */
export interface StepLine {
  readonly step: number;
  readonly rate: number;
  /** Norm of the whole gradient before clipping. */
  readonly norm: number;
  readonly imagesPerSecond: number;
  readonly etaMinutes: number;
  /** Mean of each task's loss since the last line. */
  readonly losses: Readonly<Record<string, number>>;
}

/** A line of `log.jsonl` after a validation. */
export interface ValidationLine {
  readonly event: 'validation';
  readonly step: number;
  readonly metrics: Readonly<Record<string, number>>;
}
