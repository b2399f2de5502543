import { join } from 'node:path';
import type { PoseAngles } from '../conventions/pose.js';
import { refuse } from '../reading/errors.js';
import { firstOf, namesIn, numberOf, readRows } from '../reading/rows.js';
import type { Samples } from '../sample/sample.js';

/**
 * Biwi Kinect Head Pose (Fanelli et al. 2013): folders `01` to `24`, or the same below `faces_0`, with
 * `frame_<n>_rgb.png` and `frame_<n>_pose.txt`. The paper reports mean absolute errors on all 15,678 pictures.
 */
export async function* readBiwi(folder: string): Samples {
  const root =
    (await namesIn(folder, /^\d\d$/)).length > 0 ? folder : await firstOf(folder, ['hpdb', 'faces_0']);
  for (const person of await namesIn(root, /^\d\d$/)) {
    for (const name of await namesIn(join(root, person), /^frame_\d+_rgb\.png$/)) {
      const headPose = await readPose(join(root, person, name.replace('_rgb.png', '_pose.txt')));
      yield {
        name: `${person}/${name}`,
        set: 'biwi',
        image: join(root, person, name),
        labels: { headPose },
      };
    }
  }
}

/**
 * Angles of a pose file: three rows of a rotation matrix, then the head's centre. They are taken from its transpose, as
 * Hopenet (Ruiz et al. 2018) and all later work do, which gives the convention of 300W-LP.
 * @throws {FaceXFormerError} `NOT_FOUND`, `BAD_OPTION`.
 */
async function readPose(path: string): Promise<PoseAngles> {
  const rows = (await readRows(path, /\s+/)).slice(0, 3);
  const [a, b, c] = rows.map(({ fields, where }) => fields.map((field) => numberOf(where, field)));
  if (!a || !b || !c || [a, b, c].some((row) => row.length !== 3)) refuse(path, 'there is no 3 x 3 matrix');
  const degrees = (y: number, x: number): number => (Math.atan2(y, x) * 180) / Math.PI;
  return {
    pitch: degrees(b[2]!, c[2]!),
    yaw: -degrees(-a[2]!, Math.hypot(b[2]!, c[2]!)),
    roll: -degrees(a[1]!, a[0]!),
  };
}
