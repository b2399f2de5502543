import type { Detection } from '../face/detector.js';
import { intersectionOverUnion } from '../image/geometry.js';
import type { Pixels } from '../image/pixels.js';
import { assign } from './assignment.js';
import { likeness, visiblePart } from './motion.js';
import { createCutDetector } from './scene.js';
import type { Smoother } from './smoother.js';
import { aimTrack, expectedBox, findTrack, startTrack, type Track } from './track.js';

export interface TrackerOptions {
  /** Frames from one detection to the next. */
  readonly detectEvery: number;
  /** Milliseconds. */
  readonly remember: number;
  readonly newSmoother: () => Smoother | undefined;
}

/** Keeps faces apart from frame to frame. */
export interface Tracker {
  /** The faces that this frame shows, each with the box to analyse; oldest first. */
  locate(
    pixels: Pixels,
    time: number,
    detect: () => Promise<readonly Detection[]>,
  ): Promise<readonly Track[]>;
}

/** Faces that overlap more than this may be taken for each other: they are detected in every frame. */
const CROWDED = 0.2;

/** A face of which the photo shows less than this has left. */
const LEFT = 0.35;

/** A detector overlooks a face now and then: one that is followed well survives so many misses. */
const MISSES = 2;

/** Matching where a lost face was seen last counts a little less than where it should be. */
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
      if (visiblePart(expectedBox(track, time), size) < LEFT) track.lost = true;
    }
  };

  const match = (detections: readonly Detection[], time: number): void => {
    const scores = tracks.map((track) =>
      detections.map(({ box }) =>
        Math.max(
          likeness(expectedBox(track, time), box),
          track.lost ? RETURN * likeness(track.motion.box, box) : 0,
        ),
      ),
    );
    const found = assign(scores);
    const missed = tracks.filter((_, i) => found[i] === -1);
    tracks.forEach((track, i) => {
      if (found[i] === -1) return;
      if (track.lost) track.smoother = newSmoother();
      findTrack(track, detections[found[i]!]!, time);
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
        if (!track.found) aimTrack(track, expectedBox(track, time));
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
  intersectionOverUnion(expectedBox(a, time), expectedBox(b, time));
