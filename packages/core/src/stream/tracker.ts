import type { Detection } from '../face/detector.js';
import { intersectionOverUnion } from '../image/geometry.js';
import type { Pixels } from '../image/pixels.js';
import { assign } from './assignment.js';
import { affinity, visiblePart } from './motion.js';
import { createCutDetector } from './scene.js';
import type { Smoother } from './smoother.js';
import { aimTrack, matchTrack, predictTrack, startTrack, type Track } from './track.js';

export interface TrackerOptions {
  /** Frames from one detection to the next. */
  readonly detectEvery: number;
  /** How long a lost track is kept, in milliseconds. */
  readonly remember: number;
  readonly newSmoother: () => Smoother | undefined;
}

/** Tells faces apart from frame to frame. */
export interface Tracker {
  /** The faces that this frame shows, each with the box to analyse; oldest first. */
  locate(
    pixels: Pixels,
    time: number,
    detect: () => Promise<readonly Detection[]>,
  ): Promise<readonly Track[]>;
}

/** Faces that overlap more than this may be confused with each other: the detector runs on every frame. */
const CROWDED = 0.2;

/** A face has left when the photo shows less than this share of it. */
const LEFT = 0.35;

/** A detector misses a face now and then: a track that is followed well survives so many misses. */
const MISSES = 2;

/** A match where a lost face was last seen counts a little less than one where it should be now. */
const RETURN = 0.8;

export function createTracker({ detectEvery, remember, newSmoother }: TrackerOptions): Tracker {
  const isCut = createCutDetector();
  let tracks: readonly Track[] = [];
  let nextId = 1;
  let sinceDetection = Number.POSITIVE_INFINITY;
  let size = { width: 0, height: 0 };

  const forget = ({ width, height }: Pixels, time: number): void => {
    if (width !== size.width || height !== size.height) tracks = [];
    size = { width, height };
    tracks = tracks.filter(({ seen, lost }) => time >= seen && !(lost && time - seen > remember));
  };

  const leave = (time: number): void => {
    for (const track of tracks) {
      if (visiblePart(predictTrack(track, time), size) < LEFT) track.lost = true;
    }
  };

  const match = (detections: readonly Detection[], time: number): void => {
    const scores = tracks.map((track) =>
      detections.map(({ box }) =>
        Math.max(
          affinity(predictTrack(track, time), box),
          track.lost ? RETURN * affinity(track.motion.box, box) : 0,
        ),
      ),
    );
    const found = assign(scores);
    const missed = tracks.filter((_, i) => found[i] === -1);
    tracks.forEach((track, i) => {
      if (found[i] === -1) return;
      if (track.lost) track.smoother = newSmoother();
      matchTrack(track, detections[found[i]!]!, time);
    });
    for (const track of missed) {
      track.misses += 1;
      const hidden = tracks.some((other) => other.found && overlap(track, other, time) > CROWDED);
      if (!track.reference || track.doubtful || hidden || track.misses > MISSES) track.lost = true;
    }
    const strangers = detections.filter((_, column) => !found.includes(column));
    tracks = [...tracks, ...strangers.map((stranger) => startTrack(nextId++, stranger, time, newSmoother()))];
  };

  return {
    async locate(pixels, time, detect) {
      forget(pixels, time);
      leave(time);
      sinceDetection += 1;
      const cut = isCut(pixels);
      for (const track of tracks) track.found = undefined;
      if (cut || sinceDetection >= detectEvery || isUnsure(tracks, time)) {
        match(await detect(), time);
        sinceDetection = 0;
      }
      const live = tracks.filter(({ lost }) => !lost);
      for (const track of live) {
        if (!track.found) aimTrack(track, predictTrack(track, time));
      }
      return live;
    },
  };
}

/** Whether only the detector can tell where the faces are. */
const isUnsure = (tracks: readonly Track[], time: number): boolean =>
  tracks.length === 0 ||
  tracks.some(
    (track, i) =>
      track.lost ||
      track.doubtful ||
      track.misses > 0 ||
      tracks.slice(0, i).some((other) => overlap(track, other, time) > CROWDED),
  );

const overlap = (a: Track, b: Track, time: number): number =>
  intersectionOverUnion(predictTrack(a, time), predictTrack(b, time));
