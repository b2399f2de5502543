/** What `index.ts` is in Node, for browsers: the same names and types. */
import { type ByteSource, FaceXFormerError, type Task } from '@facexformer/core';
import { miniModel, miniModelHash } from '@facexformer/model-mini';
import { urlSource, webRuntime } from '@facexformer/runtime-web';
import { openOn, type Platform } from './shared/open.js';
import type { AllTasks, FaceAnalyzer, FaceAnalyzerOptions } from './shared/options.js';
import type { Address } from './shared/platform-types.js';

export * from '@facexformer/core';
export { drawOnCanvas, toSvg } from '@facexformer/core/draw';
export { blazeFace } from '@facexformer/detector';
export * from '@facexformer/tasks';
export type { AllTasks, EngineOptions, FaceAnalyzer, FaceAnalyzerOptions } from './shared/options.js';
export type { Address, Photo } from './shared/platform-types.js';

const browser: Platform = {
  runtime({ device = 'auto', threads, workers = 0 }) {
    if (device === 'cpu' || device === 'cuda') {
      throw new FaceXFormerError(
        'BAD_OPTION',
        `device "${device}" exists in Node only: use auto, webgpu or wasm`,
      );
    }
    if (workers !== 0) {
      throw new FaceXFormerError('BAD_OPTION', 'workers exist in Node only: use webRuntime({ worker })');
    }
    return webRuntime({ device, ...(threads !== undefined && { threads }) });
  },
  source: (address, options) =>
    address === undefined
      ? urlSource(miniModel, { ...options, hash: miniModelHash })
      : urlSource(address, options),
  allTasks: async () => (await import('./shared/default-tasks.js')).allTasks(),
  blazeFace: async () => (await import('./shared/default-detector.js')).blazeFace(),
};

/** Opens the model, the face detector and onnxruntime-web. */
export function openFaceAnalyzer<const Tasks extends readonly Task[] = AllTasks>(
  options: FaceAnalyzerOptions<Tasks> = {},
): Promise<FaceAnalyzer<Tasks>> {
  return openOn(browser, options);
}

/** Opens a file of weights. */
export const modelSource = (address: Address): Promise<ByteSource> => urlSource(address);
