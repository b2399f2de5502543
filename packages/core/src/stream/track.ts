import type { Detection } from '../face/detector.js';
import { type Box, type Point, type TurnedBox, wrapDegrees } from '../image/geometry.js';
import { followAnchors, type Reference, referTo } from './anchors.js';
import { atRest, type Motion, predictBox, sizeOfBox, updateMotion } from './motion.js';
import type { Smoother } from './smoother.js';

/** A face from frame to frame. */
export interface Track {
  readonly id: number;
  /** When it was seen first and last, in milliseconds. */
  readonly since: number;
  seen: number;
  /** Frames in which it was seen. */
  age: number;
  /** Its box when it was seen last, and how that moved. */
  motion: Motion;
  /** The box that the network is shown. It stays put while the face does, for a crop that shakes makes results shake. */
  view: TurnedBox;
  /** Degrees by which the face is tilted clockwise, if the detector knows. */
  roll: number | undefined;
  /** What the detector found in this frame, if it ran and found the face. */
  found: Detection | undefined;
  score: number;
  /** Between detections, the box moves from here with the anchors. */
  reference: Reference | undefined;
  /** How many detections in a row have missed it. */
  misses: number;
  /** Out of sight: neither shown to the network nor reported. */
  lost: boolean;
  /** The anchors no longer look like the face. */
  doubtful: boolean;
  smoother: Smoother | undefined;
}

/** The view stays while the box moves and grows by less than this share of its size. */
const DEAD_ZONE = 0.03;

/** ... and while it turns by fewer degrees. */
const STEADY = 4;

/** Weight of the detector's box beside the one that the anchors give: it shakes more. */
const DETECTOR_WEIGHT = 0.3;

/** Where detector and anchors differ by more than this share of the size, the detector is right. */
const AGREED = 0.25;

/** A face that the detector has found for the first time. */
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
  view: placed(found.box, found.roll),
  roll: found.roll,
  found,
  score: found.score,
  reference: undefined,
  misses: 0,
  lost: false,
  doubtful: false,
  smoother,
});

/** Where the face should be by now. */
export const predictTrack = ({ motion, seen }: Track, time: number): Box =>
  predictBox(motion, (time - seen) / 1000);

/** The detector has found the face again. */
export function matchTrack(track: Track, found: Detection, time: number): void {
  const ahead = predictTrack(track, time);
  const agreed = !track.lost && !track.doubtful && shift(found.box, ahead) < AGREED;
  track.roll = found.roll;
  aimTrack(track, agreed ? ahead : found.box);
  if (!agreed) track.reference = undefined;
  Object.assign(track, { found, score: found.score, misses: 0, lost: false, doubtful: false });
}

/** Has the network shown the face at `box`. */
export function aimTrack(track: Track, box: Box): void {
  const { roll, view } = track;
  const turned = Math.abs(wrapDegrees((roll ?? 0) - (view.roll ?? 0))) > STEADY;
  if (turned || shift(box, view) > DEAD_ZONE) track.view = placed(box, roll);
}

const placed = (box: Box, roll: number | undefined): TurnedBox =>
  roll === undefined ? box : { ...box, roll };

/** The network has seen the face, with its anchors if some task states them. */
export function updateTrack(track: Track, anchors: readonly Point[] | undefined, time: number): void {
  const { reference, found } = track;
  const followed = reference && anchors && followAnchors(reference, anchors);
  track.doubtful = Boolean(reference && anchors && !followed);
  const agreed = followed && found && shift(found.box, followed.box) < AGREED;
  const box = agreed
    ? mix(followed.box, found.box, DETECTOR_WEIGHT)
    : (found?.box ?? followed?.box ?? predictTrack(track, time));
  const seconds = (time - track.seen) / 1000;
  track.motion = seconds > 0 ? updateMotion(track.motion, box, seconds) : { ...track.motion, box };
  if (!found && followed) track.roll = followed.roll;
  track.seen = time;
  track.age += 1;
  if (found) track.reference = anchors && referTo({ box, roll: track.roll }, anchors);
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
