/** Our network against the official implementation, on the fixtures that the official code produced. */

import { maxAbsDiff, runOnnx } from '@facexformer/test-utils/engine';
import { fixtureJson, fixtureTensors, portableBytes } from '@facexformer/test-utils/load';
import { testImage } from '@facexformer/test-utils/portable-image';
import type { OfficialTensor } from '@facexformer/test-utils/portable-weights';
import { describe, expect, it } from 'vitest';
import { OFFICIAL_VOCABULARIES } from '../../src/checkpoint/official-vocabularies.js';
import { exportOnnx } from '../../src/graph/lower/export.js';
import { transpose } from '../../src/graph/ops.js';
import type { Value } from '../../src/graph/value.js';
import { normalizeInto } from '../../src/image/normalize.js';
import {
  bytesSource,
  type Checkpoint,
  defineTask,
  openCheckpoint,
  type Pixels,
  type Task,
  type Tensor,
} from '../../src/index.js';
import { buildModel, IMAGE_INPUT } from '../../src/model/build.js';
import { mlpHead, segmentHead } from '../../src/task/heads.js';

const WIDTHS = { landmarks: 136, headPose: 3, attributes: 40, visibility: 29, age: 8, gender: 2, race: 5 };
/** Names in the fixtures that differ from ours. */
const FIXTURE_NAME: Readonly<Record<string, string>> = { headPose: 'headpose' };

const vocabulary = OFFICIAL_VOCABULARIES.age;
const tasks: readonly Task[] = [
  ...Object.entries(WIDTHS).map(([name, width]) =>
    defineTask({
      name,
      tokens: 1,
      vocabulary,
      head: (context) => mlpHead(context, width),
      decode: (raw) => raw,
    }),
  ),
  defineTask({ name: 'parsing', tokens: 11, vocabulary, head: segmentHead, decode: (raw) => raw }),
];

async function forward(checkpoint: Checkpoint, images: readonly Pixels[]): Promise<Record<string, Tensor>> {
  const { model } = checkpoint.info;
  const graph = buildModel(model, { tasks });
  const outputs: Record<string, Value> = { ...graph.outputs, final_tokens: graph.tokens };
  outputs.fused_states = transpose(graph.fused, [0, 2, 1]);
  graph.features.forEach(({ tokens }, index) => {
    outputs[`feature${index + 1}`] = tokens;
  });
  const [first] = images as [Pixels];
  const size = 3 * first.width * first.height;
  const data = new Float32Array(images.length * size);
  images.forEach((image, index) => {
    normalizeInto(image, model.normalization, data, index * size);
  });
  const onnx = await exportOnnx({ outputs, parameters: checkpoint, target: 'cpu' });
  return runOnnx(onnx, { [IMAGE_INPUT]: { dims: [images.length, 3, first.height, first.width], data } });
}

const rowOf = ({ data, dims }: Tensor, index: number): Float32Array => {
  const size = data.length / dims[0]!;
  return data.subarray(index * size, (index + 1) * size);
};

const sampled = (data: Float32Array, count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, k) => data[Math.floor((k * data.length) / count)]!);

/** Every `stride`-th row and column of class maps [11, height, width]. */
const strided = (maps: Float32Array, height: number, width: number, stride: number): Float32Array => {
  const picked: number[] = [];
  for (let c = 0; c < 11; c += 1) {
    for (let y = 0; y < height; y += stride) {
      for (let x = 0; x < width; x += stride) picked.push(maps[(c * height + y) * width + x]!);
    }
  }
  return Float32Array.from(picked);
};

const headDifference = (
  raw: Record<string, Tensor>,
  index: number,
  expected: (key: string) => ArrayLike<number>,
): number =>
  Math.max(
    ...Object.keys(WIDTHS).map((name) =>
      maxAbsDiff(rowOf(raw[name]!, index), expected(FIXTURE_NAME[name] ?? name)),
    ),
  );

interface TinyCase {
  readonly seed: number | null;
  readonly w: number;
  readonly h: number;
}

describe('tiny networks at odd and padded sizes', async () => {
  const { cases, state_dict } = fixtureJson<{
    readonly cases: Readonly<Record<string, TinyCase>>;
    readonly state_dict: readonly OfficialTensor[];
  }>('tiny.json');
  const expected = await fixtureTensors('tiny.safetensors');
  const weights = await portableBytes(state_dict, { prefix: 'tiny.' });

  it.each(Object.entries(cases))('%s', async (name, { seed, w, h }) => {
    const flat = new Uint8Array(w * h * 3).map((_, i) => [124, 116, 104][i % 3]!);
    const image = seed === null ? { width: w, height: h, data: flat } : testImage(seed, w, h);
    const checkpoint = await openCheckpoint(bytesSource(weights), { input: { width: w, height: h } });
    const raw = await forward(checkpoint, [image]);
    expect(headDifference(raw, 0, (key) => expected(`${name}.${key}`))).toBeLessThan(3e-5);
    const maps = strided(rowOf(raw.parsing!, 0), h, w, 4);
    expect(maxAbsDiff(maps, expected(`${name}.segmentation_stride4`))).toBeLessThan(1e-4);
    for (const tap of ['feature1', 'feature2', 'feature3', 'feature4', 'fused_states', 'final_tokens']) {
      expect(maxAbsDiff(sampled(raw[tap]!.data, 128), expected(`${name}.tap.${tap}`)), tap).toBeLessThan(
        3e-5,
      );
    }
  });
});

describe('the full network', async () => {
  const expected = await fixtureTensors('fixture.safetensors');
  const weights = await portableBytes(fixtureJson<OfficialTensor[]>('official-tensors.json'));
  const checkpoint = await openCheckpoint(bytesSource(weights));
  const image = (name: string): Pixels => ({
    width: 224,
    height: 224,
    data: expected(`${name}.image_u8`) as Uint8Array,
  });

  it.each([['A'], ['B'], ['C'], ['A', 'B']])(
    '%s %s',
    async (...names) => {
      const raw = await forward(checkpoint, names.map(image));
      names.forEach((name, index) => {
        expect(headDifference(raw, index, (key) => expected(`${name}.${key}`))).toBeLessThan(3e-5);
        const maps = rowOf(raw.parsing!, index);
        const difference =
          name === 'A'
            ? maxAbsDiff(maps, expected('A.segmentation'))
            : maxAbsDiff(strided(maps, 224, 224, 8), expected(`${name}.segmentation_stride8`));
        expect(difference).toBeLessThan(1e-4);
      });
    },
    120_000,
  );
});
