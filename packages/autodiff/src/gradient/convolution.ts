import { FaceXFormerError } from '@facexformer/core';
import {
  concat,
  conv,
  gather,
  matMul,
  pad,
  reduceSum,
  reshape,
  slice,
  transpose,
  type Value,
} from '@facexformer/core/graph';
import { dimsOf, type Rule } from './rule.js';

type Conv = Extract<Value, { readonly op: 'conv' }>;
type Dims4 = readonly [number, number, number, number];
const dims4 = (x: Value): Dims4 => dimsOf(x) as Dims4;

export const convRule: Rule<'conv'> = (value, upstream, wanted) => {
  const [x, weight, bias] = value.inputs as [Value, Value, Value?];
  const depthwise = value.groups > 1;
  if (
    depthwise &&
    (value.groups !== dims4(x)[1] || dims4(weight)[0] !== value.groups || value.stride !== 1)
  ) {
    throw new FaceXFormerError(
      'UNSUPPORTED',
      'there are gradients of grouped convolutions only where they are depthwise and of stride 1',
    );
  }
  return [
    wanted(0) ? inputGradient(value, upstream) : undefined,
    wanted(1)
      ? depthwise
        ? depthwiseWeightGradient(value, upstream)
        : weightGradient(value, upstream)
      : undefined,
    bias && wanted(2) ? reduceSum(upstream, [0, 2, 3]) : undefined,
  ];
};

/** A convolution of the (spread out) gradient with the flipped kernel: faster here than ConvTranspose. */
function inputGradient({ inputs, stride, padding, groups }: Conv, upstream: Value): Value {
  const [x, weight] = inputs as [Value, Value];
  const [, , height, width] = dims4(x);
  const [, , kh, kw] = dims4(weight);
  const patches = stride > 1 && kh === stride && kw === stride && padding.every((amount) => amount === 0);
  if (patches) return patchInputGradient(x, weight, upstream, stride);
  const [top, left] = padding;
  const spread = spreadOut(upstream, stride);
  const [, , h, w] = dims4(spread);
  const kernel = flipped(weight, groups);
  const [before, beside] = [kh - 1 - top, kw - 1 - left];
  return conv(spread, kernel, undefined, {
    groups,
    padding: [before, beside, height - h - before + kh - 1, width - w - beside + kw - 1],
  });
}

/** The kernel turned by 180 degrees; dense ones with inputs and outputs exchanged. Whole taps move, not numbers. */
function flipped(weight: Value, groups: number): Value {
  const [out, inputs, kh, kw] = dims4(weight);
  const dense = groups === 1;
  if (kh * kw === 1) return dense ? transpose(weight, [1, 0, 2, 3]) : weight;
  const taps = transpose(reshape(weight, [out, inputs, kh * kw]), dense ? [2, 1, 0] : [2, 0, 1]);
  const turned = gather(
    taps,
    0,
    Int32Array.from({ length: kh * kw }, (_, i) => kh * kw - 1 - i),
  );
  const shape = dense ? [inputs, out, kh, kw] : [out, inputs, kh, kw];
  return reshape(transpose(turned, [1, 2, 0]), shape);
}

/** Zeros between the entries of a map: [B, C, H, W] -> [B, C, (H - 1) * stride + 1, ...]. */
function spreadOut(x: Value, stride: number): Value {
  if (stride === 1) return x;
  const [batch, channels, h, w] = dims4(x);
  const apart = pad(
    reshape(x, [batch, channels, h, 1, w, 1]),
    [0, 0, 0, 0, 0, 0],
    [0, 0, 0, stride - 1, 0, stride - 1],
  );
  const grid = reshape(apart, [batch, channels, h * stride, w * stride]);
  return slice(slice(grid, 2, 0, (h - 1) * stride + 1), 3, 0, (w - 1) * stride + 1);
}

/** Kernel equal to stride: patches do not overlap, so each is one product. */
function patchInputGradient(x: Value, weight: Value, upstream: Value, stride: number): Value {
  const [batch, out, h, w] = dims4(upstream);
  const [, channels, height, width] = dims4(x);
  const flat = reshape(weight, [out, channels * stride * stride]);
  const columns = matMul(flat, reshape(upstream, [batch, out, h * w]), { transposeA: true });
  const parts = reshape(columns, [batch, channels, stride, stride, h, w]);
  const grid = reshape(transpose(parts, [0, 1, 4, 2, 5, 3]), [batch, channels, h * stride, w * stride]);
  return pad(grid, [0, 0, 0, 0], [0, 0, height - h * stride, width - w * stride]);
}

/** [B, C, H, W] -> [C, B * H * W] */
function channelRows(x: Value): Value {
  const [batch, channels, h, w] = dims4(x);
  return reshape(transpose(x, [1, 0, 2, 3]), [channels, batch * h * w]);
}

/** One product of the gradient with the input as every kernel position saw it, side by side. */
function weightGradient({ inputs, stride, padding }: Conv, upstream: Value): Value {
  const [x, weight] = inputs as [Value, Value];
  const [out, channels, kh, kw] = dims4(weight);
  const [batch, , h, w] = dims4(upstream);
  const places = batch * h * w;
  const rows = channelRows(upstream); // [O, B * h * w]
  const [top, left, bottom, right] = padding;
  const padded = pad(transpose(x, [1, 0, 2, 3]), [0, 0, top, left], [0, 0, bottom, right]); // [I, B, H, W]
  const shifted: Value[] = [];
  for (let i = 0; i < kh; i += 1) {
    const band = every(padded, 2, i, h, stride);
    for (let j = 0; j < kw; j += 1) shifted.push(reshape(every(band, 3, j, w, stride), [channels, places]));
  }
  const product = matMul(rows, concat(shifted, 0), { transposeB: true }); // [O, kh * kw * I]
  const taps = transpose(reshape(product, [out, kh * kw, channels]), [0, 2, 1]);
  return reshape(taps, [out, channels, kh, kw]);
}

/** `count` entries of an axis from `start`, `stride` apart. */
function every(x: Value, axis: number, start: number, count: number, stride: number): Value {
  const dims = dimsOf(x);
  if (stride === 1) return slice(x, axis, start, start + count);
  const missing = Math.max(start + count * stride - dims[axis]!, 0);
  const amounts = (amount: number): number[] => dims.map((_, index) => (index === axis ? amount : 0));
  const run = slice(pad(x, amounts(0), amounts(missing)), axis, start, start + count * stride);
  const split = [...dims.slice(0, axis), count, stride, ...dims.slice(axis + 1)];
  return reshape(slice(reshape(run, split), axis + 1, 0, 1), dims.with(axis, count));
}

/** Every channel of every image is a group of its own whose kernel is the gradient map. */
function depthwiseWeightGradient({ inputs, padding }: Conv, upstream: Value): Value {
  const [x, weight] = inputs as [Value, Value];
  const [batch, channels, height, width] = dims4(x);
  const [, , h, w] = dims4(upstream);
  const [, , kh, kw] = dims4(weight);
  const planes = batch * channels;
  const sums = conv(reshape(x, [1, planes, height, width]), reshape(upstream, [planes, 1, h, w]), undefined, {
    groups: planes,
    padding,
  });
  return reshape(reduceSum(reshape(sums, [batch, channels, kh, kw]), [0]), [channels, 1, kh, kw]);
}
