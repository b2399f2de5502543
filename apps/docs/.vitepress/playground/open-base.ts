import { type Checkpoint, openCheckpoint } from '@facexformer/core';
import { miniModel, miniModelHash } from '@facexformer/model-mini';
import { type DownloadProgress, urlSource, type WebRuntime, webRuntime } from '@facexformer/runtime-web';

/** Where the pages may run the network. */
export type Device = 'wasm' | 'webgpu';

/** Loads the weights, which the browser keeps for the next visit, and sets up a runtime in a worker, so that the page stays responsive. */
export async function openBase(
  device: Device,
  onProgress: (progress: DownloadProgress) => void,
): Promise<{ readonly checkpoint: Checkpoint; readonly runtime: WebRuntime }> {
  return {
    checkpoint: await openCheckpoint(await urlSource(miniModel, { hash: miniModelHash, onProgress })),
    runtime: webRuntime({
      device,
      worker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
    }),
  };
}
