/** Angles in degrees, in the convention of 300W-LP, Hopenet and FSA-Net, which `headPose` uses. */
export interface PoseAngles {
  /** Positive: turned toward the left side of the image. */
  readonly yaw: number;
  /** Positive: looking up. */
  readonly pitch: number;
  /** Positive: tilted clockwise as seen in the image. */
  readonly roll: number;
}
