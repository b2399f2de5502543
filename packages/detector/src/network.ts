/**
 * BlazeFace full-range as published in `@mediapipe/face_detection`: an encoder of double depthwise blocks, a
 * feature pyramid down to stride 4, and one anchor per cell. Parameters keep the names of the published file, which
 * numbers its convolutions in the order in which they are applied.
 */
import {
  add,
  BATCH,
  constant,
  conv,
  flatten,
  input,
  matMul,
  maxPool,
  pad,
  parameter,
  relu,
  transpose,
  type Value,
} from '@facexformer/core/graph';

/** Cells of the output lie this many input pixels apart. */
export const STRIDE = 4;

/** Per cell: centre x and y, width, height, then x and y of six keypoints. */
export const REGRESSIONS = 16;

/** What the network answers, each for `cells = (size / 4)²`. */
export interface BlazeFaceOutputs {
  /** Logits [B, cells]. */
  readonly scores: Value;
  /** Input pixels relative to the centre of the cell [B, cells, 16]. */
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

/** Builds the network for square pictures of `size` pixels, a multiple of 32: input `image` [B, 3, size, size] in -1..1. */
export function blazeFaceNetwork(size: number): BlazeFaceOutputs {
  const layer = layers();
  let x = relu(layer.conv(input('image', [BATCH, 3, size, size]), 32, 3, 2));
  const levels = ENCODER.map((stage, level) => {
    for (const [index, channels] of stage.entries()) {
      x = block(layer, x, channels, level > 0 && index === 0 ? 2 : 1);
    }
    return x;
  });
  for (const [index, stage] of DECODER.entries()) {
    const width = stage[0]![1];
    const above = layer.conv(x, width);
    const beside = layer.conv(levels.at(-2 - index)!, width);
    x = add(relu(beside), doubleSize(relu(above)));
    for (const channels of stage) x = block(layer, x, channels, 1);
  }
  // [B, C, h, w] -> [B, cells, C]
  const cells = (map: Value): Value => transpose(flatten(map, 2, 3), [0, 2, 1]);
  return {
    scores: flatten(cells(layer.named('classifier_face_4', x, 1)), 1, 2),
    regressions: cells(layer.named('regressor_face_4', x, REGRESSIONS)),
  };
}

interface Layers {
  conv(x: Value, out: number, kernel?: number, stride?: number): Value;
  depthwise(x: Value, stride: number): Value;
  /** A 1x1 convolution with a name of its own. */
  named(name: string, x: Value, out: number): Value;
}

/** Two depthwise-separable convolutions around a bottleneck, added to their input. */
function block(layer: Layers, x: Value, [middle, out]: readonly [number, number], stride: number): Value {
  const inner = relu(layer.conv(layer.depthwise(x, stride), middle));
  const change = layer.conv(layer.depthwise(inner, 1), out);
  const kept = stride === 1 ? x : maxPool(x, stride, stride);
  return relu(add(padChannels(kept, out), change));
}

/** Counts the layers as the published file does. */
function layers(): Layers {
  const counts = { conv2d: 0, depthwise_conv2d: 0 };
  const next = (kind: keyof typeof counts): string => {
    const index = counts[kind]++;
    return index === 0 ? kind : `${kind}_${index}`;
  };
  const apply = (name: string, x: Value, shape: readonly number[], stride: number, groups: number): Value => {
    const weight = parameter(`${name}.weight`, shape);
    // "same" padding: where the stride leaves an odd pixel, it goes to the right and bottom.
    const [before, after] = shape[2] === 1 ? [0, 0] : [stride === 1 ? 1 : 0, 1];
    const padding = [before, before, after, after] as const;
    return conv(x, weight, parameter(`${name}.bias`, [shape[0]!]), { stride, padding, groups });
  };
  return {
    conv: (x, out, kernel = 1, stride = 1) =>
      apply(next('conv2d'), x, [out, channelsOf(x), kernel, kernel], stride, 1),
    depthwise: (x, stride) =>
      apply(next('depthwise_conv2d'), x, [channelsOf(x), 1, 3, 3], stride, channelsOf(x)),
    named: (name, x, out) => apply(name, x, [out, channelsOf(x), 1, 1], 1, 1),
  };
}

const channelsOf = (x: Value): number => x.shape[1] as number;

const padChannels = (x: Value, channels: number): Value =>
  pad(x, [0, 0, 0, 0], [0, channels - channelsOf(x), 0, 0]);

/** Bilinear, pixel centres at half: [B, C, S, S] -> [B, C, 2S, 2S]. */
function doubleSize(x: Value): Value {
  const size = x.shape[2] as number;
  const weights = new Float32Array(2 * size * size);
  for (let to = 0; to < 2 * size; to++) {
    const at = Math.max((to + 0.5) / 2 - 0.5, 0);
    const low = Math.floor(at);
    weights[to * size + low]! += 1 - (at - low);
    weights[to * size + Math.min(low + 1, size - 1)]! += at - low;
  }
  const matrix = constant([2 * size, size], weights);
  return matMul(matrix, matMul(x, matrix, { transposeB: true }));
}
