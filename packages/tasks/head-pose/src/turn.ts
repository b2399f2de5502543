import type { HeadPose } from './pose.js';

const DEGREES = 180 / Math.PI;

/** The pose in a photo that is turned clockwise, then perhaps mirrored: R = Rz(turn) Rx(pitch) Ry(yaw) Rz(roll). */
export function turn(pose: HeadPose, rotation: number, mirrored = false): HeadPose {
  const [p, y, r, t] = [pose.pitch, pose.yaw, pose.roll, rotation].map((degrees) => degrees / DEGREES) as [
    number,
    number,
    number,
    number,
  ];
  const [cp, sp, cy, sy] = [Math.cos(p), Math.sin(p), Math.cos(y), Math.sin(y)];
  const [cr, sr, ct, st] = [Math.cos(r), Math.sin(r), Math.cos(t), Math.sin(t)];
  const first = [cy * cr, cy * sr, -sy] as const;
  const second = [sp * sy * cr - cp * sr, cp * cr + sp * sy * sr, sp * cy] as const;
  const [a, b, c] = first.map((value, i) => ct * value + st * second[i]!) as [number, number, number];
  const d = ct * second[2] - st * first[2];
  const side = mirrored ? -1 : 1;
  return {
    pitch: Math.atan2(d, cp * cy) * DEGREES,
    yaw: side * Math.asin(Math.min(Math.max(-c, -1), 1)) * DEGREES,
    roll: side * Math.atan2(b, a) * DEGREES,
  };
}
