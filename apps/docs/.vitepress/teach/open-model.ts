import { type Checkpoint, type Detector, openCheckpoint } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { miniModel, miniModelHash } from '@facexformer/model-mini';
import { type DownloadProgress, urlSource, type WebRuntime, webRuntime } from '@facexformer/runtime-web';
import { type FeatureCache, memoryCache } from '@facexformer/train-task';

/** Where the network runs and learns. */
export type TeachDevice = 'wasm' | 'webgpu';

/** The frozen model and what is needed around it. */
export interface TeachModel {
  readonly runtime: WebRuntime;
  readonly base: Checkpoint;
  readonly detector: Detector;
  /** What the model computed of each photo; teaching again costs the new photos only. */
  readonly cache: FeatureCache;
  dispose(): Promise<void>;
}

/** Loads the weights, which the browser keeps for the next visit, and starts the worker in which everything is computed. */
export async function openModel(
  device: TeachDevice,
  onProgress: (progress: DownloadProgress) => void,
): Promise<TeachModel> {
  const base = await openCheckpoint(await urlSource(miniModel, { hash: miniModelHash, onProgress }));
  const runtime = webRuntime({
    device,
    worker: () => new Worker(new URL('../playground/worker.ts', import.meta.url), { type: 'module' }),
  });
  const detector = await blazeFace()(runtime); // the worker lives as long as a session of it
  return {
    runtime,
    base,
    detector,
    cache: memoryCache(),
    async dispose() {
      await Promise.all([detector.dispose(), base.close()]);
    },
  };
}
