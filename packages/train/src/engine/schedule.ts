/** How the learning rate moves. */
export interface Schedule {
  readonly peak: number;
  readonly warmUpSteps: number;
  /** Share of the run that is done, 0..1, from the steps and seconds spent. */
  progress(step: number, seconds: number): number;
}

/** A run of so many steps: resumes bit for bit. */
export const bySteps = (steps: number) => (step: number) => step / steps;

/** A run of so many seconds, whatever the machine manages in them. */
export const bySeconds = (limit: number) => (_step: number, seconds: number) => seconds / limit;

/** Linear warm-up, then half a cosine down to zero. */
export function learningRate({ peak, warmUpSteps }: Schedule, step: number, done: number): number {
  const warm = Math.min(1, (step + 1) / warmUpSteps);
  return peak * warm * (0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * Math.min(done, 1))));
}
