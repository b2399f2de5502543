import { type Box, intersectionOverUnion } from '../image/geometry.js';

/** A box that moves at a constant velocity and grows by a constant factor. */
export interface Motion {
  readonly box: Box;
  /** Photo pixels per second, of the box's centre. */
  readonly x: number;
  readonly y: number;
  /** Growth per second, as the logarithm of a factor. */
  readonly growth: number;
}

/** Time constant of the averaged velocity, in seconds. */
const INERTIA = 0.1;

/** Predictions go no further than so many seconds. */
const HORIZON = 1;

/** Boxes further apart than their mean size, or whose sizes differ by more than this factor, are never the same face. */
const LARGEST_RATIO = 2;

export const atRest = (box: Box): Motion => ({ box, x: 0, y: 0, growth: 0 });

/** Where the box will be in `seconds`. */
export function predictBox({ box, x, y, growth }: Motion, seconds: number): Box {
  const ahead = Math.min(seconds, HORIZON);
  const factor = Math.exp(Math.max(-0.7, Math.min(0.7, growth * ahead)));
  const [width, height] = [box.width * factor, box.height * factor];
  return {
    x: box.x + x * ahead + (box.width - width) / 2,
    y: box.y + y * ahead + (box.height - height) / 2,
    width,
    height,
  };
}

/** The motion after the box has been seen again, `seconds` later. */
export function updateMotion(motion: Motion, box: Box, seconds: number): Motion {
  const share = seconds / (seconds + INERTIA);
  const [old, now] = [centre(motion.box), centre(box)];
  const blend = (speed: number, change: number) => speed + share * (change / seconds - speed);
  return {
    box,
    x: blend(motion.x, now.x - old.x),
    y: blend(motion.y, now.y - old.y),
    growth: blend(motion.growth, Math.log(sizeOfBox(box) / sizeOfBox(motion.box))),
  };
}

/** How well two boxes match as the same face, from 0 (not at all) to 1.5 (the same box). */
export function affinity(a: Box, b: Box): number {
  const ratio = sizeOfBox(a) / sizeOfBox(b);
  if (ratio > LARGEST_RATIO || ratio < 1 / LARGEST_RATIO) return 0;
  const [p, q] = [centre(a), centre(b)];
  const distance = Math.hypot(p.x - q.x, p.y - q.y) / ((sizeOfBox(a) + sizeOfBox(b)) / 2);
  return distance < 1 ? intersectionOverUnion(a, b) + (1 - distance) / 2 : 0;
}

/** The share of a box that lies on the photo, 0..1. */
export function visiblePart(box: Box, photo: { readonly width: number; readonly height: number }): number {
  const width = Math.min(box.x + box.width, photo.width) - Math.max(box.x, 0);
  const height = Math.min(box.y + box.height, photo.height) - Math.max(box.y, 0);
  return (Math.max(0, width) * Math.max(0, height)) / (box.width * box.height);
}

export const sizeOfBox = ({ width, height }: Box): number => Math.sqrt(width * height);

const centre = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 });
