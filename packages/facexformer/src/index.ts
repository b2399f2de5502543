/** Everything for analysing faces in one import. This entry is for Node; bundlers for browsers take `browser.ts`. */
import { type ByteSource, FaceXFormerError, type Task } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { miniModel } from '@facexformer/model-mini';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';
import { openOn, type Platform } from './shared/open.js';
import type { AllTasks, FaceAnalyzer, FaceAnalyzerOptions } from './shared/options.js';
import type { Address } from './shared/platform-types.js';

export * from '@facexformer/core';
export { drawOnCanvas, toSvg } from '@facexformer/core/draw';
export { blazeFace } from '@facexformer/detector';
export * from '@facexformer/tasks';
export type { AllTasks, EngineOptions, FaceAnalyzer, FaceAnalyzerOptions } from './shared/options.js';
export type { Address, Photo } from './shared/platform-types.js';

const node: Platform = {
  runtime({ device = 'auto', threads, workers }) {
    if (device === 'wasm') {
      throw new FaceXFormerError(
        'BAD_OPTION',
        'device "wasm" exists in browsers only: use auto, cpu, cuda or webgpu',
      );
    }
    return nodeRuntime({
      device,
      ...(threads !== undefined && { threads }),
      ...(workers !== undefined && { workers }),
    });
  },
  source: (address) => (address === undefined ? miniSource() : fileSource(address)),
  allTasks: async () => allTasks(),
  blazeFace: async () => blazeFace(),
};

/** The weights that ship. A bundle finds them in `node_modules` only. */
async function miniSource(): Promise<ByteSource> {
  return fileSource(miniModel).catch((cause: unknown) => {
    throw new FaceXFormerError(
      'NOT_FOUND',
      'the weights of @facexformer/model-mini are not there: install the package beside the bundle, or give a checkpoint',
      { cause },
    );
  });
}

/**
 * Opens the model, the face detector and an engine for them: in Node onnxruntime-node, in a browser onnxruntime-web.
 *
 * ```ts
 * await using analyzer = await openFaceAnalyzer({ tasks: [age(), landmarks()] });
 * for (const face of await analyzer.analyze('photo.jpg')) console.log(face.box, face.age.years);
 * ```
 * @throws {FaceXFormerError} `BAD_OPTION`, `NOT_FOUND` (Node) or `DOWNLOAD_FAILED` (browser) for the checkpoint,
 * `BAD_CHECKPOINT`, `UNKNOWN_TASK`, `DUPLICATE_TASK`, `DEVICE_UNAVAILABLE`, `ABORTED`, `RUNTIME`. Whatever it opened is
 * closed again then.
 */
export function openFaceAnalyzer<const Tasks extends readonly Task[] = AllTasks>(
  options: FaceAnalyzerOptions<Tasks> = {},
): Promise<FaceAnalyzer<Tasks>> {
  return openOn(node, options);
}

/**
 * Opens a file of weights, for `openCheckpoint` and `openPluginCheckpoint`: a path or `file:` URL in Node, an address in
 * a browser.
 * @throws {FaceXFormerError} `NOT_FOUND`, `UNSUPPORTED`, `DOWNLOAD_FAILED`.
 */
export const modelSource = (address: Address): Promise<ByteSource> => fileSource(address);
