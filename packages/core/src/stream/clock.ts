/** In every JavaScript engine, though not in the language. Looked up at each call, so that tests can stop the clock. */
const host = globalThis as unknown as {
  readonly performance: { now(): number };
  readonly setTimeout: (work: () => void, delay: number) => unknown;
};

/** Milliseconds of a clock that never goes back. */
export const now = (): number => host.performance.now();

/** Lets pending events happen, such as the arrival of frames. */
export const pause = (): Promise<void> => new Promise((resolve) => host.setTimeout(resolve, 0));
