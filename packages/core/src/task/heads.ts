import { concat, gelu, layerNorm, linear, matMul, relu, reshape, transpose } from '../graph/ops.js';
import { beforeRelu, declareLinear, type ParameterFactory, scaled, scope } from '../graph/parameters.js';
import type { Value } from '../graph/value.js';
import type { HeadContext } from './head.js';

/** Linear, ReLU, Linear, ReLU, Linear on the last axis: [..., inputs] -> [..., outputs]; hidden layers are `width` wide. */
function mlp(x: Value, width: number, outputs: number, parameter: ParameterFactory, inputs = width): Value {
  const hidden = (values: Value, name: string, from: number): Value =>
    relu(declareLinear(values, scope(parameter, name), from, width, beforeRelu([width, from])));
  const last = scaled([outputs, width], 0.3); // answers start close to their bias
  return declareLinear(
    hidden(hidden(x, 'fc1', inputs), 'fc2', width),
    scope(parameter, 'fc3'),
    width,
    outputs,
    last,
  );
}

/** Name of the bias of the last layer of {@link mlpHead} and {@link jointHead}, which is added to the raw output. */
export const OUTPUT_BIAS = 'head.fc3.bias';

/**
 * The head of every task but parsing: three linear layers on each token.
 * @returns [B, outputs] for one token, [B, tokens * outputs] for several.
 */
export function mlpHead(context: HeadContext, outputs: number): Value {
  const [batch, tokens] = context.tokens.shape as [Value['shape'][number], number];
  const { dim } = context;
  const rows = tokens === 1 ? reshape(context.tokens, [batch, dim]) : context.tokens;
  const values = mlp(rows, dim, outputs, scope(context.parameter, 'head')); // [B, tokens, outputs]
  return reshape(values, [batch, tokens * outputs]);
}

/**
 * Three linear layers on all tokens side by side; on a single token the same as {@link mlpHead}.
 * @returns [B, outputs]
 */
export function jointHead(context: HeadContext, outputs: number): Value {
  const { tokens, dim, parameter } = context;
  const [batch, count] = tokens.shape as [Value['shape'][number], number];
  if (count === 1) return mlpHead(context, outputs);
  const joined = reshape(tokens, [batch, count * dim]);
  return mlp(joined, dim, outputs, scope(parameter, 'head'), count * dim);
}

/**
 * Dense classification, one token per class: the face is upscaled four times by two transposed convolutions, and a
 * hypernetwork turns each token into the weights of a per-pixel product (as SAM's mask decoder does).
 *
 * The transposed convolutions (kernel = stride = 2) are linear layers whose sub-pixels stay beside each other in
 * memory; only the finished class maps are put in pixel order, a fraction of the traffic (docs/decisions/0006).
 * @returns [B, tokens, 4 * height, 4 * width]
 */
export function segmentHead({ tokens, face, dim, parameter }: HeadContext): Value {
  const [batch, classes] = tokens.shape as [Value['shape'][number], number];
  const { height, width } = face;
  const [middle, narrow] = [dim / 4, dim / 8];
  const coarse = upscale(face.tokens, dim, middle, scope(parameter, 'upscale1')); // [B, HW, 4 * middle]
  const normed = layerNorm(
    reshape(coarse, [batch, height * width, 4, middle]),
    parameter('upscaleNorm.weight', [middle], { start: 1 }),
    parameter('upscaleNorm.bias', [middle]),
    1e-6,
  );
  const fine = gelu(upscale(gelu(normed), middle, narrow, scope(parameter, 'upscale2'))); // [B, HW, 4, 4 * narrow]
  const pixels = reshape(fine, [batch, height * width * 16, narrow]);
  const filters = mlp(tokens, dim, narrow, scope(parameter, 'hyper')); // [B, classes, narrow]
  const maps = matMul(filters, pixels, { transposeB: true }); // [B, classes, HW * 16]
  const parts = reshape(maps, [batch, classes, height, width, 2, 2, 2, 2]); // y, x, then (dy, dx) of each upscaling
  const inOrder = transpose(parts, [0, 1, 2, 4, 6, 3, 5, 7]);
  return reshape(inOrder, [batch, classes, 4 * height, 4 * width]);
}

/** A transposed convolution 2x2 of stride 2: [..., inputs] -> [..., 4 * outputs], sub-pixels row by row. */
function upscale(x: Value, inputs: number, outputs: number, parameter: ParameterFactory): Value {
  const shape = [inputs, outputs, 2, 2];
  const weight = transpose(parameter('weight', shape, scaled(shape, 1, inputs)), [2, 3, 1, 0]); // [2, 2, out, in]
  const bias = parameter('bias', [outputs]);
  return linear(x, reshape(weight, [4 * outputs, inputs]), concat([bias, bias, bias, bias], 0));
}
