import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';

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

/** Appends lines with the time of day to a run's `log.jsonl`. */
export const logTo =
  (folder: string) =>
  (line: object): Promise<void> =>
    appendFile(join(folder, 'log.jsonl'), `${JSON.stringify({ time: new Date().toISOString(), ...line })}\n`);
