import type { FaceXFormerError } from '../base/errors.js';
import type { Signal } from '../base/signal.js';
import type { Face } from '../face/face.js';
import type { Pixels } from '../image/pixels.js';

/** A picture of a source that says when it was taken, or that has to be given back. */
export interface SourceFrame<Image> {
  readonly image: Image | Pixels;
  /** Milliseconds on a clock of the source's own. */
  readonly time?: number;
  /** Called once, as soon as the picture was decoded or dropped: closes a `VideoFrame`, for one. */
  readonly release?: () => void;
}

/** Frames in their order; bare pictures get their time from the stream. */
export type StreamSource<Image> =
  | AsyncIterable<Image | Pixels | SourceFrame<Image>>
  | Iterable<Image | Pixels | SourceFrame<Image>>;

/** An AbortSignal; one without events is looked at between frames only. */
export interface StreamSignal extends Signal {
  /** Tells when the signal fires. */
  addEventListener?(type: 'abort', listener: () => void): void;
  /** Ends what `addEventListener` began. */
  removeEventListener?(type: 'abort', listener: () => void): void;
}

/** Choices of a stream. */
export interface StreamOptions<Only extends string = string> {
  /**
   * `newest` (the default, for what is live): frames that arrive while one is analysed are dropped but for the last.
   * `all` (for files): the source waits, and no frame is lost.
   */
  readonly keep?: 'newest' | 'all';
  /** Frames per second of a source without times that is kept whole; by default 30. */
  readonly frameRate?: number;
  /**
   * The detector runs on every such frame, and earlier where following a face becomes doubtful. By default 10, or 1
   * when no task has anchors to follow a face by.
   */
  readonly detectEvery?: number;
  /** `false` takes the whole frame as one face. */
  readonly detect?: false;
  /** How long a face that is out of sight may return under its identifier, in milliseconds; by default 1000. */
  readonly remember?: number;
  /** `false` gives the results of each frame as they are; by default they are smoothed as their tasks say. */
  readonly smooth?: boolean;
  /** What happens with a frame that cannot be decoded or analysed: `report` (the default) it and go on, or `throw`. */
  readonly onBadFrame?: 'report' | 'throw';
  /** Decode these tasks only; the result's type narrows with it. */
  readonly only?: readonly Only[];
  /** Ends the stream with an error `ABORTED`. */
  readonly signal?: StreamSignal | undefined;
}

/** Which face this is, from frame to frame. */
export interface FaceTrack {
  /** 1, 2, ... in the order of appearance; never used again. */
  readonly id: number;
  /** Frames in which the face was seen, with this one. */
  readonly age: number;
  /** When it was first seen: the `time` of that frame. */
  readonly since: number;
  /** Whether the detector saw it in this frame; otherwise it was followed. */
  readonly detected: boolean;
}

/** The faces of one frame. */
export interface StreamFrame<F extends Face = Face> {
  /** Oldest track first; empty when there is no face, and when there is an error. */
  readonly faces: readonly (F & { readonly track: FaceTrack })[];
  /** Place of the frame in the source, from 0; dropped frames count. */
  readonly index: number;
  /** Milliseconds: the source's own clock if it has one, else since the stream began. */
  readonly time: number;
  /** Milliseconds from the frame's arrival to its result. */
  readonly latency: number;
  /** Frames dropped since the last result. */
  readonly dropped: number;
  /** The decoded frame; absent when there is an error. */
  readonly pixels?: Pixels;
  /** Why this frame has no result. */
  readonly error?: FaceXFormerError;
}
