import { layerNorm, linear, relu } from '../graph/ops.js';
import { beforeRelu, type ParameterFactory, scaled, scope } from '../graph/parameters.js';
import type { Value } from '../graph/value.js';
import { type AttentionWeights, declareAttention } from './attention.js';
import type { DecoderConfig } from './config.js';

/** x [..., dim] -> [..., dim] */
type Layer = (x: Value) => Value;

/** What is added to a token or to the face starts small, as a share of what a matrix would start at. */
const BRANCH = 0.2;

/** The weights of a decoder layer, declared once and shared by all tokens. Their order is that of training states. */
export interface LayerWeights {
  readonly taskSelfAttention: AttentionWeights;
  readonly norm1: Layer;
  readonly taskToFace: AttentionWeights;
  readonly norm2: Layer;
  readonly mlp: Layer;
  readonly norm3: Layer;
  readonly faceToTask: AttentionWeights;
  readonly norm4: Layer;
}

export function declareLayer(parameter: ParameterFactory, { dim, mlpDim }: DecoderConfig): LayerWeights {
  const attention = (name: string, inner: number, gain = 1): AttentionWeights =>
    declareAttention(scope(parameter, name), dim, inner, gain);
  return {
    taskSelfAttention: attention('taskSelfAttention', dim, BRANCH),
    norm1: declareNorm(scope(parameter, 'norm1'), dim),
    taskToFace: attention('taskToFace', dim / 2),
    norm2: declareNorm(scope(parameter, 'norm2'), dim),
    mlp: declareMlp(scope(parameter, 'mlp'), dim, mlpDim),
    norm3: declareNorm(scope(parameter, 'norm3'), dim),
    faceToTask: attention('faceToTask', dim / 2, BRANCH),
    norm4: declareNorm(scope(parameter, 'norm4'), dim),
  };
}

/** Layer normalisation with its own scale and bias. */
export function declareNorm(parameter: ParameterFactory, width: number): Layer {
  const [weight, bias] = [parameter('weight', [width], { start: 1 }), parameter('bias', [width])];
  return (x) => layerNorm(x, weight, bias);
}

function declareMlp(parameter: ParameterFactory, dim: number, hidden: number): Layer {
  const [first, second] = [scope(parameter, 'fc1'), scope(parameter, 'fc2')];
  const wide = first('weight', [hidden, dim], beforeRelu([hidden, dim]));
  const wideBias = first('bias', [hidden]);
  const back = second('weight', [dim, hidden], scaled([dim, hidden], BRANCH));
  const backBias = second('bias', [dim]);
  return (x) => linear(relu(linear(x, wide, wideBias)), back, backBias);
}
