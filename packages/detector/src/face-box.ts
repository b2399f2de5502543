import type { Box, Point } from '@facexformer/core';
import type { Candidate } from './decode.js';

/** The box is the frame that the fit below predicts, 1.6 times the longer side of 68 landmarks, less this margin on each side. */
const MARGIN = 0.22;

/** Nonsensical keypoints must not move or scale the box further than real faces do. */
const FARTHEST = 0.25;
const [SMALLEST, LARGEST] = [1.1, 2];

/**
 * A square about the face rather than the head, from the keypoints. The network's own box follows the head: in profile it
 * reaches to the back of the skull, and its centre drifts off the face by half a per cent of its side per degree of
 * yaw. The frame is a square about 68 landmarks; these numbers are the least squares fit that predicts them from
 * box and keypoints, in parts of the box's side and along the face's own axes (docs/decisions/0010).
 */
export function faceBox({ box, keypoints }: Candidate): Box {
  const side = (box.width + box.height) / 2;
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const [rightEye, leftEye, nose, mouth, rightEar, leftEar] = keypoints as readonly [
    Point,
    Point,
    Point,
    Point,
    Point,
    Point,
  ];
  const axis = faceAxis(keypoints);
  const length = Math.hypot(axis.x, axis.y) || 1;
  const [ux, uy] = [axis.x / length, axis.y / length];
  /** Along the line of the eyes, and down the face. */
  const across = ({ x, y }: Point): number => ((x - centre.x) * ux + (y - centre.y) * uy) / side;
  const down = ({ x, y }: Point): number => ((y - centre.y) * ux - (x - centre.x) * uy) / side;
  const middle = (a: number, b: number): number => (a + b) / 2;
  const [noseDown, mouthDown] = [down(nose), down(mouth)];
  const eyesDown = middle(down(rightEye), down(leftEye));
  const dx = 0.61 * middle(across(rightEar), across(leftEar));
  const dy = 0.343 + 1.266 * noseDown - 1.692 * mouthDown;
  const growth = Math.exp(
    -0.843 +
      2.051 * (mouthDown - noseDown) +
      0.99 * (noseDown - eyesDown) +
      1.681 * (across(leftEar) - across(rightEar)) -
      1.994 * (across(leftEye) - across(rightEye)),
  );
  const size = (clamp(growth, SMALLEST, LARGEST) * side) / (1 + 2 * MARGIN);
  const [sx, sy] = [clamp(dx, -FARTHEST, FARTHEST) * side, clamp(dy, -FARTHEST, FARTHEST) * side];
  return {
    x: centre.x + sx * ux - sy * uy - size / 2,
    y: centre.y + sx * uy + sy * ux - size / 2,
    width: size,
    height: size,
  };
}

/** From the face's right side to its left, by eyes and ears. */
export function faceAxis(keypoints: readonly Point[]): Point {
  const [rightEye, leftEye, , , rightEar, leftEar] = keypoints as readonly [
    Point,
    Point,
    Point,
    Point,
    Point,
    Point,
  ];
  return {
    x: leftEye.x - rightEye.x + leftEar.x - rightEar.x,
    y: leftEye.y - rightEye.y + leftEar.y - rightEar.y,
  };
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
