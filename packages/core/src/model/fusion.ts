import { add, linear, matMul, reshape, slice } from '../graph/ops.js';
import { type ParameterFactory, scope } from '../graph/parameters.js';
import type { Value } from '../graph/value.js';
import type { FeatureMap } from './feature-map.js';
import { resizeTokens } from './upsample.js';

/**
 * Multi-scale MLP fusion (paper section 3.1): a linear layer per scale, upsampling to the finest, concatenation,
 * linearFuse. All of it is linear and interpolation weights sum to one, so linearFuse is applied per scale
 * *before* upsampling: the same function at a third of the cost (docs/decisions/0004).
 */
export function fuse(maps: readonly FeatureMap[], dim: number, parameter: ParameterFactory): FeatureMap {
  const [finest] = maps as [FeatureMap];
  const linearFuse = parameter('linearFuse.weight', [dim, maps.length * dim]);
  const parts = maps.map((map, stage): Value => {
    const stageScope = scope(parameter, `linears.${stage}`);
    const weight = stageScope('weight', [dim, map.channels]);
    const bias = reshape(stageScope('bias', [dim]), [dim, 1]);
    const block = maps.length - 1 - stage; // coarsest scale first
    const mixing = slice(linearFuse, 1, block * dim, (block + 1) * dim); // [dim, dim]
    const fused = linear(map.tokens, matMul(mixing, weight), reshape(matMul(mixing, bias), [dim]));
    return resizeTokens(fused, map, finest);
  });
  return { ...finest, channels: dim, tokens: parts.reduce((sum, part) => add(sum, part)) };
}
