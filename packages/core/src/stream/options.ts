import { FaceXFormerError } from '../base/errors.js';
import type { StreamOptions, StreamSource } from './frame.js';

/** Options that concern the source. */
export interface StreamSettings {
  readonly keep: 'newest' | 'all';
  readonly frameRate: number;
  /** Frames without a time get one by the frame rate, not by the clock. */
  readonly paced: boolean;
  readonly onBadFrame: 'report' | 'throw';
}

/**
 * Fills in what is not given.
 * @throws {FaceXFormerError} `BAD_OPTION`.
 */
export function checkStreamOptions(
  source: StreamSource<unknown>,
  { keep = 'newest', frameRate = 30, onBadFrame = 'report', detectEvery = 1, remember = 0 }: StreamOptions,
): StreamSettings {
  const isList = typeof source === 'object' && source !== null && Symbol.iterator in source;
  const isLive = typeof source === 'object' && source !== null && Symbol.asyncIterator in source;
  require(isList || isLive, 'a stream needs an iterable of frames, such as an array or an async generator');
  require(keep === 'newest' || keep === 'all', `keep is "newest" or "all", not "${keep}"`);
  require(onBadFrame === 'report' ||
    onBadFrame === 'throw', `onBadFrame is "report" or "throw", not "${onBadFrame}"`);
  require(frameRate > 0 && frameRate <= 1000, `frameRate is above 0 and at most 1000, not ${frameRate}`);
  require(Number.isInteger(detectEvery) &&
    detectEvery > 0, `detectEvery is a whole number from 1, not ${detectEvery}`);
  require(remember >= 0, `remember is at least 0 milliseconds, not ${remember}`);
  return { keep, frameRate, onBadFrame, paced: keep === 'all' || !isLive };
}

function require(holds: boolean, message: string): void {
  if (!holds) throw new FaceXFormerError('BAD_OPTION', message);
}
