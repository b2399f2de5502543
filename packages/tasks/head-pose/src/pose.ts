import { isRecord } from '@facexformer/core/formats';
import { unknownLabel } from '@facexformer/core/task';

/** Where the head points, in degrees; all zero is a face that looks into the camera. */
export interface HeadPose {
  /** Positive: turned toward the left side of the image, the person's own right. */
  readonly yaw: number;
  /** Positive: looking up. */
  readonly pitch: number;
  /** Positive: tilted clockwise as seen in the image. */
  readonly roll: number;
}

/**
 * A label of the data.
 * @throws {FaceXFormerError} `BAD_OPTION` for anything but three angles.
 */
export function poseOf(label: unknown): HeadPose {
  const { yaw, pitch, roll } = isRecord(label) ? label : {};
  if (isAngle(yaw) && isAngle(pitch) && isAngle(roll)) return { yaw, pitch, roll };
  throw unknownLabel('headPose', label, 'it needs yaw, pitch and roll in degrees');
}

const isAngle = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
