/** Pitch, yaw, roll in degrees, in the convention of 300W-LP. */
export interface Pose {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
}

/** What is known of one face. Absent fields are unknown and take no part in a loss. */
export interface FaceLabels {
  readonly image: string;
  /** 68 points x0, y0, ... as shares of the cached tile, 0..1 from edge to edge. */
  readonly points?: readonly number[];
  /** 1 for hand labels, less for a teacher's. */
  readonly pointsWeight?: number;
  readonly pose?: Pose;
  readonly poseWeight?: number;
  readonly attributes?: readonly number[];
  readonly age?: number;
  /** 0 male, 1 female */
  readonly gender?: number;
  readonly race?: number;
  readonly expression?: number;
  /** Whether the tile has a mask. */
  readonly mask?: boolean;
}

/** A line of `train.jsonl` or `val.jsonl` in the format of `shared/faces`. */
export interface SourceRecord {
  readonly image: string;
  readonly shard: string;
  readonly width: number;
  readonly height: number;
  readonly mask?: string;
  readonly points?: readonly number[];
  readonly pose?: Pose;
  readonly attributes?: readonly number[];
  readonly box?: readonly [number, number, number, number];
  readonly age?: number;
  readonly gender?: number;
  readonly race?: number;
  readonly expression?: number;
}

/** A line of `pseudo.jsonl`: what teacher networks say. */
export interface PseudoRecord {
  readonly image: string;
  readonly ok: boolean;
  readonly det?: readonly [number, number, number, number, number];
  readonly points?: readonly number[];
  readonly pose_fsanet?: Pose;
  readonly pose_pnp?: Pose;
}
