import { runOnnx } from '@facexformer/test-utils/engine';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import { OFFICIAL_VOCABULARIES } from '../../src/checkpoint/official-vocabularies.js';
import type { OnnxModel } from '../../src/graph/onnx/onnx-model.js';
import {
  createAnalyzer,
  type Detection,
  defineTask,
  type ErrorCode,
  FaceXFormerError,
  type Pixels,
  type Runtime,
  type Tensor,
} from '../../src/index.js';
import { mlpHead } from '../../src/task/heads.js';

/** onnxruntime without any of our runtime packages; remembers the batches that it ran. */
export function engine(): Runtime<Pixels> & { readonly batches: number[] } {
  const batches: number[] = [];
  return {
    name: 'test',
    batches,
    decode: async (image) => image,
    async open(build) {
      const model: OnnxModel = await build('cpu', { external: false });
      return {
        inputs: ['image'],
        outputs: [],
        device: 'cpu',
        run: async (feeds) => {
          batches.push(feeds.image!.dims[0]!);
          return runOnnx(model, feeds);
        },
        dispose: async () => undefined,
      };
    },
  };
}

/** A task of the model whose result is its raw output. */
export const rawTask = <const Name extends 'age' | 'gender'>(name: Name, width: number) =>
  defineTask({
    name,
    tokens: 1,
    vocabulary: OFFICIAL_VOCABULARIES[name],
    head: (context) => mlpHead(context, width),
    decode: (raw: Tensor): readonly number[] => [...raw.data],
  });

/** An analyzer of the untrained model; with `detections`, its detector says these of every photo. */
export const open = <Image>(runtime: Runtime<Image>, detections?: readonly Detection[]) =>
  createAnalyzer({
    runtime,
    checkpoint: untrainedCheckpoint(),
    tasks: [rawTask('age', 8), rawTask('gender', 2)],
    ...(detections && {
      detector: async () => ({ detect: async () => detections, dispose: async () => undefined }),
    }),
  });

/** The code of the error that work ends with. */
export async function codeOf(work: Promise<unknown>): Promise<ErrorCode | undefined> {
  const error = await work.catch((reason: unknown) => reason);
  return FaceXFormerError.isInstance(error) ? error.code : undefined;
}
