import { type Frame, frameOfDetection, frameOfPoints, frameOfTightCrop } from './framing.js';
import type { FaceLabels, Pose, PseudoRecord, SourceRecord } from './record.js';

/** How much a teacher's answer counts against a hand label. */
const TEACHER_WEIGHT = 0.4;

/** Where the face is, or undefined when nothing tells. */
export function frameOf(record: SourceRecord, pseudo: PseudoRecord | undefined): Frame | undefined {
  if (record.points) return frameOfPoints(record.points);
  if (pseudo?.ok && pseudo.points) return frameOfPoints(pseudo.points);
  const box = record.box ?? pseudo?.det;
  if (box) return frameOfDetection([box[0], box[1], box[2], box[3]]);
  return record.expression === undefined ? undefined : frameOfTightCrop(record.width);
}

/** Labels of a face in the coordinates of the tile that shows `tile` of the image. */
export function labelsOf(record: SourceRecord, pseudo: PseudoRecord | undefined, tile: Frame): FaceLabels {
  const points = record.points ?? (pseudo?.ok ? pseudo.points : undefined);
  const share = (value: number, centre: number): number =>
    Math.round(((value - centre) / tile.side + 0.5) * 1e5) / 1e5;
  const pose = record.pose ?? (pseudo?.ok ? teacherPose(pseudo) : undefined);
  const { attributes, age, race, expression } = record;
  const gender = record.gender ?? (attributes ? 1 - attributes[MALE]! : undefined);
  return {
    image: record.image,
    ...(points && {
      points: points.map((value, i) => share(value, i % 2 ? tile.centreY : tile.centreX)),
      pointsWeight: record.points ? 1 : TEACHER_WEIGHT,
    }),
    ...(pose && { pose, poseWeight: record.pose ? 1 : TEACHER_WEIGHT }),
    ...(attributes && { attributes }),
    ...(age !== undefined && { age }),
    ...(gender !== undefined && { gender }),
    ...(race !== undefined && { race }),
    ...(expression !== undefined && { expression }),
    ...(record.mask && { mask: true }),
  };
}

/** CelebA's attribute `Male`. */
const MALE = 20;

/** Both teachers shrink large angles, the point fit more: the mean where they are small, FSA-Net beyond. */
function teacherPose({ pose_fsanet: net, pose_pnp: fit }: PseudoRecord): Pose | undefined {
  if (!net || !fit) return undefined;
  if (Math.abs(net.yaw) > 30) return net;
  return {
    yaw: (net.yaw + fit.yaw) / 2,
    pitch: (net.pitch + fit.pitch) / 2,
    roll: (net.roll + fit.roll) / 2,
  };
}
