import { FaceXFormerError } from '@facexformer/core';
import type { Settings } from '../contract/options.js';

/** The library onnxruntime-web; its builds share one interface. */
export type Ort = typeof import('onnxruntime-web/wasm');

/** The build and the `.wasm` file of each device. */
const BUILDS = {
  wasm: { load: () => import('onnxruntime-web/wasm'), file: 'ort-wasm-simd-threaded.wasm' },
  webgpu: { load: () => import('onnxruntime-web/webgpu'), file: 'ort-wasm-simd-threaded.asyncify.wasm' },
};

/** How many threads WebAssembly gets: one where memory cannot be shared, as in WebKitGTK's isolated pages too. */
function threadsOf({ threads }: Settings): number {
  if (!globalThis.crossOriginIsolated || typeof SharedArrayBuffer === 'undefined') return 1;
  return threads ?? Math.min(4, Math.max(1, Math.ceil((navigator.hardwareConcurrency ?? 2) / 2)));
}

/**
 * Loads the build of onnxruntime-web for a device, so that a page loads only what it uses.
 * @throws {FaceXFormerError} `RUNTIME` when its script cannot be loaded.
 */
export async function loadOrt(device: 'wasm' | 'webgpu', settings: Settings): Promise<Ort> {
  const { load, file } = BUILDS[device];
  const ort: Ort = await load().catch((cause: Error) => {
    throw new FaceXFormerError('RUNTIME', `onnxruntime-web/${device} does not load: ${cause.message}`, {
      cause,
    });
  });
  const { wasm } = ort.env;
  wasm.numThreads = device === 'wasm' ? threadsOf(settings) : 1;
  if (settings.assets !== undefined) wasm.wasmPaths = { wasm: settings.assets + file };
  ort.env.logLevel = 'error';
  return ort;
}
