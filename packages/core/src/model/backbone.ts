import type { ParameterFactory } from '../graph/parameters.js';
import type { Value } from '../graph/value.js';
import type { BackboneConfig } from './config.js';
import { convNet } from './convnet.js';
import type { FeatureMap } from './feature-map.js';
import { swin } from './swin.js';

/** Four feature maps at strides 4, 8, 16 and 32 of an image [B, 3, H, W] (paper section 3.1). */
export function backbone(
  image: Value,
  config: BackboneConfig,
  parameter: ParameterFactory,
): readonly FeatureMap[] {
  return config.family === 'swin' ? swin(image, config, parameter) : convNet(image, config, parameter);
}
