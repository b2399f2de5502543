import { add, attention, gather, gelu, linear, pad, reshape, slice, transpose } from '../graph/ops.js';
import {
  declareLayerNorm,
  declareLinear,
  type Initial,
  type ParameterFactory,
  scope,
} from '../graph/parameters.js';
import { fixed } from '../graph/shape.js';
import type { Value } from '../graph/value.js';
import type { SwinConfig } from './config.js';
import type { FeatureMap } from './feature-map.js';
import {
  maskConstant,
  partitionWindows,
  relativePositionIndex,
  reverseWindows,
  windowLayout,
} from './windows.js';

const PATCH = 4;
const MLP_RATIO = 4;

/** Every matrix starts at this size. */
const MATRIX: Initial = { start: { deviation: 0.06 } };

/** Swin Transformer (arXiv 2103.14030) in the layout of torchvision; taps before each merging, no final norm. */
export function swin(image: Value, config: SwinConfig, declare: ParameterFactory): readonly FeatureMap[] {
  const parameter: ParameterFactory = (name, shape, initial) =>
    declare(name, shape, shape.length > 1 ? MATRIX : initial);
  const taps: FeatureMap[] = [];
  let map = patchEmbed(image, config.embedDim, parameter);
  config.depths.forEach((depth, stage) => {
    if (stage > 0) map = patchMerging(map, scope(parameter, `merges.${stage - 1}`));
    for (let block = 0; block < depth; block += 1) {
      const blockScope = scope(parameter, `stages.${stage}.blocks.${block}`);
      map = {
        ...map,
        tokens: swinBlock(map, config.heads[stage]!, config.window, block % 2 === 1, blockScope),
      };
    }
    taps.push(map);
  });
  return taps;
}

/** A 4x4 convolution of stride 4, written as one linear layer over flattened patches. */
function patchEmbed(image: Value, channels: number, parameter: ParameterFactory): FeatureMap {
  const [batch] = image.shape;
  const height = fixed('patchEmbed', image.shape, 2) / PATCH;
  const width = fixed('patchEmbed', image.shape, 3) / PATCH;
  const patchSize = 3 * PATCH * PATCH;
  const grid = reshape(image, [batch!, 3, height, PATCH, width, PATCH]);
  const patches = reshape(transpose(grid, [0, 2, 4, 1, 3, 5]), [batch!, height * width, patchSize]);
  const weight = reshape(parameter('patchEmbed.weight', [channels, 3, PATCH, PATCH]), [channels, patchSize]);
  const embedded = linear(patches, weight, parameter('patchEmbed.bias', [channels])); // [B, HW, C]
  return {
    tokens: declareLayerNorm(embedded, scope(parameter, 'patchNorm'), channels),
    height,
    width,
    channels,
  };
}

function swinBlock(
  map: FeatureMap,
  heads: number,
  window: number,
  shifted: boolean,
  parameter: ParameterFactory,
): Value {
  const { tokens, channels } = map;
  const normed = declareLayerNorm(tokens, scope(parameter, 'norm1'), channels);
  const attended = add(
    tokens,
    windowAttention({ ...map, tokens: normed }, heads, window, shifted, scope(parameter, 'attention')),
  );
  const hidden = declareLinear(
    declareLayerNorm(attended, scope(parameter, 'norm2'), channels),
    scope(parameter, 'mlp.fc1'),
    channels,
    channels * MLP_RATIO,
  );
  return add(
    attended,
    declareLinear(gelu(hidden), scope(parameter, 'mlp.fc2'), channels * MLP_RATIO, channels),
  );
}

function windowAttention(
  { tokens, height, width, channels }: FeatureMap,
  heads: number,
  window: number,
  shifted: boolean,
  parameter: ParameterFactory,
): Value {
  const layout = windowLayout(height, width, window, shifted);
  const area = window * window;
  const x = partitionWindows(tokens, layout); // [B, windows, area, C]
  const qkvWeight = parameter('qkv.weight', [3 * channels, channels]);
  const qkvBias = parameter('qkv.bias', [3 * channels]);
  const project = (part: number): Value => {
    const [start, end] = [part * channels, (part + 1) * channels];
    return linear(x, slice(qkvWeight, 0, start, end), slice(qkvBias, 0, start, end));
  };
  const table = parameter('relativePositionBias', [(2 * window - 1) ** 2, heads]);
  const pairs = reshape(gather(table, 0, relativePositionIndex(window)), [area, area, heads]);
  const positionBias = reshape(transpose(pairs, [2, 0, 1]), [1, heads, area, area]);
  const mask = maskConstant(layout);
  const bias = mask ? add(positionBias, mask) : positionBias; // [windows or 1, heads, area, area]
  const mixed = attention(project(0), project(1), project(2), { heads, bias });
  return reverseWindows(declareLinear(mixed, scope(parameter, 'proj'), channels, channels), layout);
}

/** Joins 2x2 neighbours: [B, H * W, C] -> [B, H/2 * W/2, 2C]; odd sizes are padded with zeros. */
function patchMerging(
  { tokens, height, width, channels }: FeatureMap,
  parameter: ParameterFactory,
): FeatureMap {
  const [batch] = tokens.shape;
  const [h, w] = [Math.ceil(height / 2), Math.ceil(width / 2)];
  const grid = reshape(tokens, [batch!, height, width, channels]);
  const even = pad(grid, [0, 0, 0, 0], [0, 2 * h - height, 2 * w - width, 0]);
  const quads = reshape(even, [batch!, h, 2, w, 2, channels]); // [B, h, row, w, column, C]
  const joined = reshape(transpose(quads, [0, 1, 3, 4, 2, 5]), [batch!, h * w, 4 * channels]); // column before row
  const normed = declareLayerNorm(joined, scope(parameter, 'norm'), 4 * channels);
  const reduced = linear(normed, parameter('reduction.weight', [2 * channels, 4 * channels]));
  return { tokens: reduced, height: h, width: w, channels: 2 * channels };
}
