import type { FaceXFormerError } from '../base/errors.js';
import type { Signal } from '../base/signal.js';
import type { Face } from '../face/face.js';
import type { Pixels } from '../image/pixels.js';

/** A picture with the time at which it was taken, or one that must be released. */
export interface SourceFrame<Image> {
  readonly image: Image | Pixels;
  /** Milliseconds on the source's own clock. */
  readonly time?: number;
  /** Called once, as soon as the picture has been decoded or dropped; closes a `VideoFrame`, for example. */
  readonly release?: () => void;
}

/** Frames in order; the stream gives bare pictures their time. */
export type StreamSource<Image> =
  | AsyncIterable<Image | Pixels | SourceFrame<Image>>
  | Iterable<Image | Pixels | SourceFrame<Image>>;

/** An AbortSignal; one without events is only checked between frames. */
export interface StreamSignal extends Signal {
  /** Adds a listener for when the signal fires. */
  addEventListener?(type: 'abort', listener: () => void): void;
  /** Removes such a listener. */
  removeEventListener?(type: 'abort', listener: () => void): void;
}

/** Choices of a stream. */
export interface StreamOptions<Only extends string = string> {
  /**
   * `newest` (the default, for live sources): of the frames that arrive while one is analysed, only the last is kept.
   * `all` (for files): the source waits, and no frame is lost.
   */
  readonly keep?: 'newest' | 'all';
  /** Frames per second of a source without times, of which all frames are kept; by default 30. */
  readonly frameRate?: number;
  /**
   * The detector runs once in so many frames, and earlier when a face can no longer be followed reliably. By default 10,
   * or 1 when no task has anchors to follow a face by.
   */
  readonly detectEvery?: number;
  /** `false` takes the whole frame to be one face. */
  readonly detect?: false;
  /** For how long a face that is out of sight may return under its `id`, in milliseconds; by default 1000. */
  readonly remember?: number;
  /** `false` leaves the results of each frame as they are; by default they are smoothed as their tasks say. */
  readonly smooth?: boolean;
  /** What to do when a frame cannot be decoded or analysed: `report` it and go on (the default), or `throw`. */
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
  /** In how many frames the face has been seen, this one included. */
  readonly age: number;
  /** When it was first seen: the `time` of that frame. */
  readonly since: number;
  /** Whether the detector found it in this frame; otherwise it was followed. */
  readonly detected: boolean;
}

/** The faces of one frame. */
export interface StreamFrame<F extends Face = Face> {
  /** Oldest track first; empty when there is no face, and when there is an error. */
  readonly faces: readonly (F & { readonly track: FaceTrack })[];
  /** Position of the frame in the source, from 0, counting dropped frames. */
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
