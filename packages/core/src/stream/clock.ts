/** What every engine for JavaScript has, though the language does not name it. */
const host = globalThis as unknown as {
  readonly performance: { now(): number };
  readonly setTimeout: (work: () => void, delay: number) => unknown;
};

/** Milliseconds since some moment; never goes back. */
export const now = (): number => host.performance.now();

/** Lets pending events in, such as the arrival of frames. */
export const pause = (): Promise<void> => new Promise((resolve) => host.setTimeout(resolve, 0));
