/**
 * BlazeFace full-range as published in `@mediapipe/face_detection`: an encoder of double depthwise blocks, a
 * feature pyramid down to stride 4, and one anchor per cell. Parameters keep the names of the published file, which
 * numbers its convolutions in the order in which they are applied.
 */
import {
  add,
  BATCH,
  concat,
  conv,
  flatten,
  input,
  maxPool,
  pad,
  parameter,
  relu,
  slice,
  type Target,
  upsample,
  type Value,
} from '@facexformer/core/graph';

/** Cells of the output lie this many input pixels apart. */
export const STRIDE = 4;

/** Per cell: centre x and y, width, height, then x and y of six keypoints. */
export const REGRESSIONS = 16;

/** What the network answers, each for `cells = height / 4 * width / 4`. */
export interface BlazeFaceOutputs {
  /** Logits [B, cells]. */
  readonly scores: Value;
  /** Input pixels relative to the centre of the cell [B, 16, cells]. */
  readonly regressions: Value;
}

/** [middle, out] channels of the blocks of one resolution; the first halves it unless it is the stem's. */
type Stage = readonly (readonly [middle: number, out: number])[];

const ENCODER: readonly Stage[] = [
  [[8, 32], [8, 32]], // size / 2
  [[12, 48], [12, 48], [16, 64]], // / 4
  [[24, 96], [32, 128], [32, 128]], // / 8
  [[36, 144], [48, 192], [64, 256]], // / 16
  [[96, 384], [96, 384], [96, 384], [96, 384]], // / 32
]; // biome-ignore format: one line per resolution

/** Of the pyramid, from size / 16 back to size / 4. */
const DECODER: readonly Stage[] = [
  [[48, 96], [48, 96]],
  [[32, 64], [32, 64]],
  [[24, 48]],
]; // biome-ignore format: one line per resolution

/** What the network is built for. */
export interface NetworkInput {
  /** Multiples of 32. */
  readonly height: number;
  readonly width: number;
  readonly target?: Target;
}

/** Builds the network: input `image` [B, 3, height, width] in -1..1. */
export function blazeFaceNetwork({ height, width, target = 'portable' }: NetworkInput): BlazeFaceOutputs {
  const next = countKernels();
  // On the CPU the engine keeps channels in groups of 16 and reorders what fills them only in part.
  const group = target === 'cpu' ? 16 : 1;
  const stem = next('conv2d', [32, 3, 3, 3]);
  let x = relu(apply(input('image', [BATCH, 3, height, width]), stem, { stride: 2 }));
  const levels = ENCODER.map((stage, level) => {
    for (const [index, channels] of stage.entries()) {
      x = block(next, x, channels, { stride: level > 0 && index === 0 ? 2 : 1, group });
    }
    return x;
  });
  for (const [index, stage] of DECODER.entries()) {
    const fine = levels.at(-2 - index)!;
    const channels = stage[0]![1];
    const above = apply(x, next('conv2d', [channels, channelsOf(x), 1, 1]));
    const beside = apply(fine, next('conv2d', [channels, channelsOf(fine), 1, 1]));
    x = add(relu(beside), upsample(relu(above), 2));
    for (const widths of stage) x = block(next, x, widths, { stride: 1, group });
  }
  const scores = apply(x, kernelOf('classifier_face_4', [1, channelsOf(x), 1, 1]));
  const regressions = apply(x, kernelOf('regressor_face_4', [REGRESSIONS, channelsOf(x), 1, 1]));
  return { scores: flatten(scores, 1, 3), regressions: flatten(regressions, 2, 3) };
}

/**
 * Two depthwise-separable convolutions around a bottleneck, added to their input. Where the input has fewer channels,
 * the last ones stand alone.
 */
function block(
  next: NextKernel,
  x: Value,
  [middle, out]: readonly [number, number],
  { stride, group }: { readonly stride: number; readonly group: number },
): Value {
  const width = channelsOf(x);
  const filled = Math.ceil(middle / group) * group;
  const narrowed = apply(x, next('depthwise_conv2d', [width, 1, 3, 3]), { stride, groups: width });
  const inner = relu(apply(narrowed, fill(next('conv2d', [middle, width, 1, 1]), filled, width)));
  const spread = apply(inner, fill(next('depthwise_conv2d', [middle, 1, 3, 3]), filled, 1), {
    groups: filled,
  });
  const last = next('conv2d', [out, middle, 1, 1]);
  const change = (from: number, to: number): Value =>
    apply(spread, fill(channelsFrom(last, from, to), to - from, filled));
  const kept = stride === 1 ? x : maxPool(x, stride, stride);
  const changed = relu(add(change(0, width), kept));
  return width === out ? changed : concat([changed, relu(change(width, out))], 1);
}

/** What a convolution multiplies by, weight [out, in / groups, kh, kw], and adds, bias [out]. */
interface Kernel {
  readonly weight: Value;
  readonly bias: Value;
}

type NextKernel = (kind: 'conv2d' | 'depthwise_conv2d', shape: readonly number[]) => Kernel;

/** Names kernels as the published file does. */
function countKernels(): NextKernel {
  const counts = { conv2d: 0, depthwise_conv2d: 0 };
  return (kind, shape) => {
    const index = counts[kind]++;
    return kernelOf(index === 0 ? kind : `${kind}_${index}`, shape);
  };
}

const kernelOf = (name: string, shape: readonly number[]): Kernel => ({
  weight: parameter(`${name}.weight`, shape),
  bias: parameter(`${name}.bias`, shape.slice(0, 1)),
});

/** The kernel of some output channels. */
const channelsFrom = ({ weight, bias }: Kernel, from: number, to: number): Kernel => ({
  weight: slice(weight, 0, from, to),
  bias: slice(bias, 0, from, to),
});

/** Adds channels that are zero and do nothing, up to `out` and `into` of them. */
function fill({ weight, bias }: Kernel, out: number, into: number): Kernel {
  const [rows, columns] = weight.shape as readonly [number, number];
  return {
    weight: pad(weight, [0, 0, 0, 0], [out - rows, into - columns, 0, 0]),
    bias: pad(bias, [0], [out - rows]),
  };
}

/** A convolution with "same" padding: where the stride leaves an odd pixel, it goes to the right and bottom. */
function apply(
  x: Value,
  { weight, bias }: Kernel,
  { stride = 1, groups = 1 }: { readonly stride?: number; readonly groups?: number } = {},
): Value {
  const [before, after] = weight.shape[2] === 1 ? [0, 0] : [stride === 1 ? 1 : 0, 1];
  return conv(x, weight, bias, { stride, groups, padding: [before, before, after, after] });
}

const channelsOf = (x: Value): number => x.shape[1] as number;
