import type { Box, Color, Shape } from '@facexformer/core';
import type { HeadPose } from './pose.js';

type Vector = readonly [number, number, number];

/** Length of an axis relative to the face's box. */
const LENGTH = 0.42;

/**
 * The head's own axes seen from the camera, each as [x to the image's right, y up, z toward the viewer]:
 * the columns of Rx(pitch) Ry(yaw) Rz(roll) with the signs of the result.
 */
export function rotationColumns({ yaw, pitch, roll }: HeadPose): readonly [Vector, Vector, Vector] {
  const [a, b, c] = [pitch, yaw, roll].map((degrees) => (degrees * Math.PI) / 180) as [
    number,
    number,
    number,
  ];
  const rotate = ([x, y, z]: Vector): Vector => {
    const [x1, y1] = [Math.cos(c) * x + Math.sin(c) * y, Math.cos(c) * y - Math.sin(c) * x];
    const [x2, z2] = [Math.cos(b) * x1 - Math.sin(b) * z, Math.sin(b) * x1 + Math.cos(b) * z];
    return [x2, Math.cos(a) * y1 + Math.sin(a) * z2, Math.cos(a) * z2 - Math.sin(a) * y1];
  };
  return [rotate([1, 0, 0]), rotate([0, 1, 0]), rotate([0, 0, 1])];
}

/** Three lines from the middle of the face: red to its side, green down its chin, blue where it looks. */
export function poseAxes(pose: HeadPose, box: Box): readonly Shape[] {
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const length = LENGTH * Math.max(box.width, box.height);
  const [side, up, forward] = rotationColumns(pose);
  const line = ([x, y]: Vector, sign: number, color: Color): Shape => ({
    kind: 'line',
    points: [centre, { x: centre.x + sign * x * length, y: centre.y - sign * y * length }],
    color,
    width: 2,
  });
  return [line(side, 1, '#ff4d4d'), line(up, -1, '#3ddc68'), line(forward, 1, '#4da3ff')];
}
