import type { Detection } from '../face/detector.js';
import type { Box, Point } from '../image/geometry.js';
import { followAnchors, type Reference, referTo } from './anchors.js';
import { atRest, expected, type Motion, observed, sizeOfBox } from './motion.js';
import type { Smoother } from './smoother.js';

/** A face over the frames. */
export interface Track {
  readonly id: number;
  /** When it was seen first and last, in milliseconds. */
  readonly since: number;
  seen: number;
  /** Frames in which it was seen. */
  age: number;
  /** Its box when it was seen last, and how that moved. */
  motion: Motion;
  /** The box that the network is shown. It rests while the face does, as results shake when the crop does. */
  view: Box;
  /** What the detector said in this frame, if it was asked and saw the face. */
  found: Detection | undefined;
  score: number;
  /** From here the box is moved with the anchors. */
  reference: Reference | undefined;
  /** Detections in a row that have not found it. */
  misses: number;
  /** Not in sight: neither shown to the network nor reported. */
  lost: boolean;
  /** The anchors no longer look like the face. */
  doubtful: boolean;
  smoother: Smoother | undefined;
}

/** The view stays while the box moves and grows by less than this part of its size. */
const REST = 0.03;

/** How far the detector moves the box of a face that is followed well: its boxes shake more than the anchors. */
const TRUST = 0.3;

/** Where detector and anchors differ by more than this part of the size, the detector is right. */
const AGREED = 0.25;

/** A face that the detector sees for the first time. */
export const startTrack = (
  id: number,
  found: Detection,
  time: number,
  smoother: Smoother | undefined,
): Track => ({
  id,
  since: time,
  seen: time,
  age: 0,
  motion: atRest(found.box),
  view: found.box,
  found,
  score: found.score,
  reference: undefined,
  misses: 0,
  lost: false,
  doubtful: false,
  smoother,
});

/** Where the track should be by now. */
export const expectedBox = ({ motion, seen }: Track, time: number): Box =>
  expected(motion, (time - seen) / 1000);

/** The detector sees the face again. */
export function findTrack(track: Track, found: Detection, time: number): void {
  const ahead = expectedBox(track, time);
  const agreed = !track.lost && !track.doubtful && shift(found.box, ahead) < AGREED;
  aimTrack(track, agreed ? ahead : found.box);
  if (!agreed) track.reference = undefined;
  Object.assign(track, { found, score: found.score, misses: 0, lost: false, doubtful: false });
}

/** The network will be shown the face at `box`. */
export function aimTrack(track: Track, box: Box): void {
  if (shift(box, track.view) > REST) track.view = box;
}

/** The network has seen the face, and its anchors if some task states them. */
export function seeTrack(track: Track, anchors: readonly Point[] | undefined, time: number): void {
  const { reference, found } = track;
  const followed = reference && anchors && followAnchors(reference, anchors);
  track.doubtful = Boolean(reference && anchors && !followed);
  const agreed = followed && found && shift(found.box, followed) < AGREED;
  const box = agreed ? mix(followed, found.box, TRUST) : (found?.box ?? followed ?? expectedBox(track, time));
  const seconds = (time - track.seen) / 1000;
  track.motion = seconds > 0 ? observed(track.motion, box, seconds) : { ...track.motion, box };
  track.seen = time;
  track.age += 1;
  if (found) track.reference = anchors && referTo(box, anchors);
}

/** The largest difference of two boxes' edges, relative to their size. */
const shift = (a: Box, b: Box): number =>
  Math.max(
    Math.abs(a.x - b.x),
    Math.abs(a.y - b.y),
    Math.abs(a.x + a.width - b.x - b.width),
    Math.abs(a.y + a.height - b.y - b.height),
  ) / sizeOfBox(b);

function mix(a: Box, b: Box, share: number): Box {
  const part = (from: number, to: number) => from + share * (to - from);
  return {
    x: part(a.x, b.x),
    y: part(a.y, b.y),
    width: part(a.width, b.width),
    height: part(a.height, b.height),
  };
}
