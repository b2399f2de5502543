import { vi } from 'vitest';

/** Waits on the clock of the tests: needs `vi.useFakeTimers()`. */
export const sleep = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** The outcome of `work`. The clock of the tests goes on to the next timer whenever all else has come to rest. */
export async function onTheClock<T>(work: Promise<T>): Promise<T> {
  let settled = false;
  const settle = (): void => {
    settled = true;
  };
  work.then(settle, settle);
  await vi.advanceTimersByTimeAsync(0);
  while (!settled) await vi.advanceTimersToNextTimerAsync();
  return work;
}
