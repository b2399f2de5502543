import type { Pose } from '../data/record.js';
import { type Placement, toView } from './placement.js';

/** Where each of the 68 points is found in a mirrored face. */
export const MIRRORED_POINTS: readonly number[] = [
  16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 27, 28,
  29, 30, 35, 34, 33, 32, 31, 45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40, 54, 53, 52, 51, 50, 49, 48, 59,
  58, 57, 56, 55, 64, 63, 62, 61, 60, 67, 66, 65,
];

/** Parsing classes of a mirrored face: brows and eyes change sides. */
export const MIRRORED_CLASSES: readonly number[] = [0, 1, 3, 2, 5, 4, 6, 7, 8, 9, 10];

/** 68 points in shares of the tile -> -1..1 of the view. */
export function placePoints(points: readonly number[], placement: Placement): Float32Array {
  const placed = new Float32Array(points.length);
  for (let i = 0; i < points.length / 2; i += 1) {
    const from = placement.mirrored ? MIRRORED_POINTS[i]! : i;
    const [x, y] = toView(placement, points[2 * from]!, points[2 * from + 1]!);
    placed[2 * i] = x;
    placed[2 * i + 1] = y;
  }
  return placed;
}

const RADIANS = Math.PI / 180;

/** Degrees -> pitch, yaw, roll in radians after the turn and mirroring. R = Rz(turn) Rx(pitch) Ry(yaw) Rz(roll). */
export function placePose(
  { yaw, pitch, roll }: Pose,
  { angle, mirrored }: Placement,
): readonly [number, number, number] {
  const [cp, sp] = [Math.cos(pitch * RADIANS), Math.sin(pitch * RADIANS)];
  const [cy, sy] = [Math.cos(yaw * RADIANS), Math.sin(yaw * RADIANS)];
  const [cr, sr] = [Math.cos(roll * RADIANS), Math.sin(roll * RADIANS)];
  const [ct, st] = [Math.cos(-angle), Math.sin(-angle)];
  const first = [cy * cr, cy * sr, -sy] as const;
  const second = [sp * sy * cr - cp * sr, cp * cr + sp * sy * sr, sp * cy] as const;
  const depth = cp * cy;
  const [a, b, c] = first.map((value, i) => ct * value + st * second[i]!) as [number, number, number];
  const d = ct * second[2] - st * first[2];
  const side = mirrored ? -1 : 1;
  return [Math.atan2(d, depth), side * Math.asin(Math.min(Math.max(-c, -1), 1)), side * Math.atan2(b, a)];
}
