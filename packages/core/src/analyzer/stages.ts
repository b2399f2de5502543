/** A part of the way of a photo: pixels of a file, boxes of its faces, a batch through the network, results of its faces. */
export type Stage = 'decode' | 'detect' | 'network' | 'answers';

/**
 * Called when a stage begins, with the number of photos (`decode`, `detect`) or faces (`network`, `answers`) that it works
 * on; what it returns is called when the stage ends, well or not. For measurements and traces; it must not throw.
 */
export type StageListener = (stage: Stage, count: number) => () => void;

/** Does the work of a stage while a listener watches. */
export async function watched<Result>(
  onStage: StageListener | undefined,
  stage: Stage,
  count: number,
  work: () => Promise<Result> | Result,
): Promise<Result> {
  const end = onStage?.(stage, count);
  try {
    return await work();
  } finally {
    end?.();
  }
}
