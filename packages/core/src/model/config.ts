import type { CropPolicy } from '../image/crop-policy.js';
import type { Normalization } from '../image/normalize.js';
/** Swin Transformer, torchvision layout (arXiv 2103.14030): patch 4, mlp ratio 4. */
export interface SwinConfig {
  readonly family: 'swin';
  readonly embedDim: number;
  readonly depths: readonly number[];
  readonly heads: readonly number[];
  readonly window: number;
}

/**
 * Convolutional backbone for small models, four stages at strides 4, 8, 16, 32. Blocks are inverted residuals that
 * widen by `expand`; 0 stands for dense 3x3 blocks, which cost more operations and less time on a CPU.
 */
export interface ConvNetConfig {
  readonly family: 'convnet';
  readonly stem: number;
  readonly widths: readonly number[];
  readonly depths: readonly number[];
  readonly expand: number;
}

/** The part that turns pixels into features of four scales. */
export type BackboneConfig = SwinConfig | ConvNetConfig;

/** FaceX decoder (paper section 3.2): a two-way transformer over task tokens and face tokens. */
export interface DecoderConfig {
  readonly dim: number;
  readonly heads: number;
  readonly mlpDim: number;
  readonly depth: number;
}

/** One task of the base model in token order. Token order is part of the weights. */
export interface BaseTask {
  readonly name: string;
  readonly tokens: number;
}

/** Everything needed to rebuild the graph of a checkpoint. */
export interface ModelConfig {
  readonly backbone: BackboneConfig;
  readonly decoder: DecoderConfig;
  readonly tasks: readonly BaseTask[];
  /** Height and width of the network's input in pixels. */
  readonly input: { readonly height: number; readonly width: number };
  /** Per-channel RGB normalisation, applied to values in 0..1. */
  readonly normalization: Normalization;
  /** How a detected box becomes the crop. */
  readonly crop: CropPolicy;
}
