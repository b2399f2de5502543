import type { Value } from '../graph/value.js';
import type { BackboneConfig } from './config.js';
import { convNet } from './convnet.js';
import type { ParameterFactory } from './parameters.js';
import { swin } from './swin.js';

/** One scale of the backbone: tokens [B, height * width, channels], rows first. */
/** A map of features as tokens [B, height * width, channels], rows first. */
export interface FeatureMap {
  readonly tokens: Value;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Four feature maps at strides 4, 8, 16 and 32 of an image [B, 3, H, W] (paper section 3.1). */
export function backbone(
  image: Value,
  config: BackboneConfig,
  parameter: ParameterFactory,
): readonly FeatureMap[] {
  return config.family === 'swin' ? swin(image, config, parameter) : convNet(image, config, parameter);
}
