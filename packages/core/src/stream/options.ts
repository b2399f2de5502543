import { FaceXFormerError } from '../base/errors.js';
import type { Task } from '../task/task.js';
import type { StreamOptions, StreamSource } from './frame.js';

/** The options of a stream, with nothing left open. */
export interface StreamSettings
  extends Required<
      Pick<StreamOptions, 'keep' | 'frameRate' | 'onBadFrame' | 'detectEvery' | 'remember' | 'smooth'>
    >,
    Pick<StreamOptions, 'only' | 'detect' | 'signal'> {
  /** Frames without a time get one by the frame rate, not by the clock. */
  readonly paced: boolean;
}

/**
 * Fills in what is not given.
 * @throws {FaceXFormerError} `BAD_OPTION`.
 */
export function streamSettings(
  source: StreamSource<unknown>,
  options: StreamOptions,
  tasks: readonly Task[],
): StreamSettings {
  const { keep = 'newest', frameRate = 30, onBadFrame = 'report', remember = 1000, smooth = true } = options;
  const { detectEvery = tasks.some((task) => task.anchors) ? 10 : 1, only, detect, signal } = options;
  const isList = typeof source === 'object' && source !== null && Symbol.iterator in source;
  const isLive = typeof source === 'object' && source !== null && Symbol.asyncIterator in source;
  demand(isList || isLive, 'a stream needs an iterable of frames, such as an array or an async generator');
  demand(keep === 'newest' || keep === 'all', `keep is "newest" or "all", not "${keep}"`);
  demand(
    onBadFrame === 'report' || onBadFrame === 'throw',
    `onBadFrame is "report" or "throw", not "${onBadFrame}"`,
  );
  demand(frameRate > 0 && frameRate <= 1000, `frameRate is above 0 and at most 1000, not ${frameRate}`);
  demand(
    Number.isInteger(detectEvery) && detectEvery > 0,
    `detectEvery is a whole number from 1, not ${detectEvery}`,
  );
  demand(remember >= 0, `remember is at least 0 milliseconds, not ${remember}`);
  return {
    keep,
    frameRate,
    onBadFrame,
    detectEvery,
    remember,
    smooth,
    paced: keep === 'all' || !isLive,
    ...(only && { only }),
    ...(detect === false && { detect }),
    signal,
  };
}

function demand(holds: boolean, message: string): void {
  if (!holds) throw new FaceXFormerError('BAD_OPTION', message);
}
