import type { Checkpoint, Detector } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import type { DownloadProgress, WebRuntime } from '@facexformer/runtime-web';
import { type FeatureCache, memoryCache } from '@facexformer/train/frozen';
import { type Device, openBase } from '../playground/open-base.ts';

/** The frozen model and what is needed around it. */
export interface TeachModel {
  readonly runtime: WebRuntime;
  readonly base: Checkpoint;
  readonly detector: Detector;
  /** What the model computed of each photo; teaching again costs the new photos only. */
  readonly cache: FeatureCache;
  dispose(): Promise<void>;
}

/** Opens the frozen model and starts the worker in which everything is computed. */
export async function openModel(
  device: Device,
  onProgress: (progress: DownloadProgress) => void,
): Promise<TeachModel> {
  const { checkpoint: base, runtime } = await openBase(device, onProgress);
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
