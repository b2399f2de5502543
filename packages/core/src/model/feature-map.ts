import type { Value } from '../graph/value.js';

/** A map of features as tokens [B, height * width, channels], rows first. */
export interface FeatureMap {
  readonly tokens: Value;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}
