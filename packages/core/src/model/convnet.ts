import {
  add,
  conv,
  div,
  mul,
  reduceMean,
  relu,
  reshape,
  scalar,
  sqrt,
  sub,
  transpose,
} from '../graph/ops.js';
import { type Initial, type ParameterFactory, scope } from '../graph/parameters.js';
import { fixed } from '../graph/shape.js';
import type { Value } from '../graph/value.js';
import type { ConvNetConfig } from './config.js';
import type { FeatureMap } from './feature-map.js';

/**
 * A small convolutional backbone without normalisation layers (after NF-ResNet, arXiv 2101.08692): weights are
 * standardised instead of activations, so training and inference compute the same and the export folds it away.
 */
export function convNet(
  image: Value,
  config: ConvNetConfig,
  parameter: ParameterFactory,
): readonly FeatureMap[] {
  const taps: FeatureMap[] = [];
  let x = standardConv(image, 3, config.stem, { kernel: 3, stride: 2 }, scope(parameter, 'stem'), 1);
  let channels = config.stem;
  config.depths.forEach((depth, stage) => {
    const width = config.widths[stage]!;
    x = standardConv(relu(x), channels, width, { kernel: 2, stride: 2 }, scope(parameter, `merges.${stage}`));
    channels = width;
    let variance = 1;
    for (let block = 0; block < depth; block += 1) {
      const blockScope = scope(parameter, `stages.${stage}.blocks.${block}`);
      x =
        config.expand === 0
          ? denseResidual(x, channels, variance, blockScope)
          : invertedResidual(x, channels, config.expand, variance, blockScope);
      variance += RESIDUAL_SCALE ** 2;
    }
    taps.push(toTokens(x, channels));
  });
  return taps;
}

/** Blocks start small: without normalisation, depth amplifies. */
const GAIN: Initial = { start: 0.2 };

/** Filters are standardised: their size at the start only sets how fast they turn. */
const FILTER: Initial = { start: { deviation: 0.06 } };

/** Share of the block's branch in the sum; keeps the variance of deep stages bounded. */
const RESIDUAL_SCALE = 0.5;

/** relu shrinks a unit normal's deviation by this factor; dividing by it keeps signals at unit variance. */
const RELU_GAIN = Math.sqrt(2 / (1 - 1 / Math.PI));

/** Expand 1x1, depthwise 3x3, project 1x1 (MobileNetV2, arXiv 1801.04381), with a learned gain on the branch. */
function invertedResidual(
  x: Value,
  channels: number,
  expand: number,
  variance: number,
  parameter: ParameterFactory,
): Value {
  const hidden = channels * expand;
  const point = { kernel: 1, stride: 1 };
  const incoming = RELU_GAIN / Math.sqrt(variance);
  const a = standardConv(relu(x), channels, hidden, point, scope(parameter, 'expand'), incoming);
  const depthwise = { kernel: 3, stride: 1, groups: hidden };
  const b = standardConv(relu(a), hidden, hidden, depthwise, scope(parameter, 'depthwise'));
  const branch = mul(parameter('gain', [1], GAIN), RESIDUAL_SCALE * RELU_GAIN);
  return add(x, standardConv(relu(b), hidden, channels, point, scope(parameter, 'project'), branch));
}

/** Dense 3x3, then 1x1, with a learned gain on the branch. */
function denseResidual(x: Value, channels: number, variance: number, parameter: ParameterFactory): Value {
  const incoming = RELU_GAIN / Math.sqrt(variance);
  const dense = { kernel: 3, stride: 1 };
  const a = standardConv(relu(x), channels, channels, dense, scope(parameter, 'dense'), incoming);
  const branch = mul(parameter('gain', [1], GAIN), RESIDUAL_SCALE * RELU_GAIN);
  const point = { kernel: 1, stride: 1 };
  return add(x, standardConv(relu(a), channels, channels, point, scope(parameter, 'project'), branch));
}

interface ConvShape {
  readonly kernel: number;
  readonly stride: number;
  readonly groups?: number;
}

/**
 * A convolution whose filters have zero mean and unit fan-in norm, times a learned gain per channel and `factor`:
 * whatever multiplies its input is multiplied into the filters instead, which costs nothing per pixel.
 */
function standardConv(
  x: Value,
  inputs: number,
  outputs: number,
  { kernel, stride, groups = 1 }: ConvShape,
  parameter: ParameterFactory,
  factor: Value | number = RELU_GAIN,
): Value {
  const weight = parameter('weight', [outputs, inputs / groups, kernel, kernel], FILTER);
  const fanIn = (inputs / groups) * kernel * kernel;
  const centred = sub(weight, reduceMean(weight, [1, 2, 3], true));
  const deviation = sqrt(add(reduceMean(mul(centred, centred), [1, 2, 3], true), 1e-6));
  const scale = mul(
    parameter('scale', [outputs], { start: 1 }),
    mul(typeof factor === 'number' ? scalar(factor) : factor, fanIn ** -0.5),
  );
  const gain = reshape(scale, [outputs, 1, 1, 1]);
  const edge = Math.floor((kernel - 1) / 2);
  const far = kernel - stride - edge > 0 ? kernel - stride - edge : 0;
  return conv(x, mul(div(centred, deviation), gain), parameter('bias', [outputs]), {
    stride,
    groups,
    padding: [edge, edge, far, far],
  });
}

/** [B, C, H, W] -> tokens [B, H * W, C] */
function toTokens(x: Value, channels: number): FeatureMap {
  const height = fixed('convNet', x.shape, 2);
  const width = fixed('convNet', x.shape, 3);
  const tokens = reshape(transpose(x, [0, 2, 3, 1]), [x.shape[0]!, height * width, channels]);
  return { tokens, height, width, channels };
}
