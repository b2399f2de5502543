import { between, checkOptions, demand, FLAG, kind, oneOf, SIGNAL, whole } from '../base/arguments.js';
import { NAMES, type Task } from '../task/task.js';
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

const FRAMES = kind(
  'an iterable of frames, such as an array or an async generator',
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    (Symbol.iterator in value || Symbol.asyncIterator in value),
);
const OPTIONS = {
  keep: oneOf('newest', 'all'),
  frameRate: between(0.001, 1000),
  detectEvery: whole(1),
  detect: FLAG,
  remember: kind('milliseconds from 0', (value) => typeof value === 'number' && value >= 0),
  smooth: FLAG,
  onBadFrame: oneOf('report', 'throw'),
  only: NAMES,
  signal: SIGNAL,
};

/**
 * Fills in what is not given.
 * @throws {FaceXFormerError} `BAD_OPTION`.
 */
export function streamSettings(
  source: StreamSource<unknown>,
  options: StreamOptions,
  tasks: readonly Task[],
): StreamSettings {
  demand(source, FRAMES, 'stream: the source');
  checkOptions('stream', options, OPTIONS);
  const { keep = 'newest', frameRate = 30, onBadFrame = 'report', remember = 1000, smooth = true } = options;
  const { detectEvery = tasks.some((task) => task.anchors) ? 10 : 1, only, detect, signal } = options;
  const isLive = Symbol.asyncIterator in source;
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
