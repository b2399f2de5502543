import {
  add,
  concat,
  cos,
  mul,
  neg,
  reduceSum,
  reshape,
  sin,
  slice,
  sqrt,
  sub,
  type Value,
} from '@facexformer/core/graph';
import type { Form } from './variant.js';

/** Pitch, yaw, roll in radians -> R = Rx(pitch) Ry(yaw) Rz(roll), rows first [9], as the trainer turns poses. */
export function rotationOf(target: ArrayLike<number>): readonly number[] {
  const [pitch = 0, yaw = 0, roll = 0] = Array.from(target);
  const [cp, sp, cy, sy] = [Math.cos(pitch), Math.sin(pitch), Math.cos(yaw), Math.sin(yaw)];
  const [cr, sr] = [Math.cos(roll), Math.sin(roll)];
  return [
    ...[cy * cr, cy * sr, -sy],
    ...[sp * sy * cr - cp * sr, cp * cr + sp * sy * sr, sp * cy],
    ...[cp * sy * cr + sp * sr, cp * sy * sr - sp * cr, cp * cy],
  ];
}

/** The other way, of a rotation. */
export const anglesOf = (r: readonly number[]): readonly number[] => [
  Math.atan2(r[5]!, r[8]!),
  Math.asin(Math.min(Math.max(-r[2]!, -1), 1)),
  Math.atan2(r[1]!, r[0]!),
];

/**
 * The rotation nearest to any 3x3 matrix (least squares), also where its determinant is negative: the quaternion that is
 * the largest eigenvector of Davenport's matrix, found by squaring it.
 */
export function nearestRotation(m: ArrayLike<number>): readonly number[] {
  const [a, b, c, d, e, f, g, h, i] = Array.from(m) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const shift = Array.from(m).reduce((sum, value) => sum + Math.abs(value), 1e-9) * 2; // all eigenvalues above zero
  let k = [
    [a + e + i + shift, h - f, c - g, d - b],
    [h - f, a - e - i + shift, b + d, c + g],
    [c - g, b + d, e - a - i + shift, f + h],
    [d - b, c + g, f + h, i - a - e + shift],
  ];
  for (let round = 0; round < 24; round += 1) {
    const square = k.map((row) => k.map((_, j) => row.reduce((sum, x, n) => sum + x * k[n]![j]!, 0)));
    const trace = square.reduce((sum, row, n) => sum + row[n]!, 0);
    k = square.map((row) => row.map((x) => x / trace));
  }
  const column = k.reduce((best, row, n) => (row[n]! > k[best]![best]! ? n : best), 0);
  const length = Math.hypot(...k.map((row) => row[column]!));
  const [w, x, y, z] = k.map((row) => row[column]! / length) as [number, number, number, number];
  return [
    ...[1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
    ...[2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
    ...[2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
  ];
}

/** Nine numbers instead of three angles. */
export const rotationForm: Form = {
  encode: rotationOf,
  decode: (raw) => anglesOf(nearestRotation(raw)),
};

/**
 * Chordal distance [B] between raw matrices [B, 9] and angles [B, 3]: the Frobenius norm of the difference, which between
 * rotations is sqrt(8) sin(angle / 2), rising with the geodesic angle and for small ones sqrt(2) times it. Divided by
 * 2 sqrt(2), it is of the size of the base's loss, the mean over three angles.
 */
export function chordalLoss(output: Value, target: Value): Value {
  const [rows] = target.shape as readonly [number];
  const angle = (index: number): Value => slice(target, 1, index, index + 1); // [B, 1]
  const [[sp, cp], [sy, cy], [sr, cr]] = [0, 1, 2].map((i) => [sin(angle(i)), cos(angle(i))]) as [
    [Value, Value],
    [Value, Value],
    [Value, Value],
  ];
  const wanted = concat(
    [
      ...[mul(cy, cr), mul(cy, sr), neg(sy)],
      ...[sub(mul(mul(sp, sy), cr), mul(cp, sr)), add(mul(cp, cr), mul(mul(sp, sy), sr)), mul(sp, cy)],
      ...[add(mul(mul(cp, sy), cr), mul(sp, sr)), sub(mul(mul(cp, sy), sr), mul(sp, cr)), mul(cp, cy)],
    ],
    1,
  );
  const difference = sub(reshape(output, [rows, 9]), wanted);
  return mul(sqrt(add(reduceSum(mul(difference, difference), [1]), 1e-6)), 1 / Math.sqrt(8));
}
