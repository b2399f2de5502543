import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import {
  type PipelineRuntime,
  type RemoteWorker,
  remotePipeline,
  remoteSession,
  remoteWorker,
} from '@facexformer/core/runtime';
import { decodeImage, type NodeImage } from '../decode-image.js';
import type { NodeRuntime } from '../node-runtime.js';
import type { Settings } from '../options.js';
import { portableImage } from './portable-image.js';
import { workerStarter } from './start-worker.js';

/**
 * The runtime that decodes, detects, crops and runs networks in worker threads, which share the machine's cores unless
 * `threads` says otherwise. They start when they are first needed, and end with the last analyzer.
 */
export function workersRuntime(
  count: number,
  options: Settings,
  createWorker: (() => Worker) | undefined,
): NodeRuntime & PipelineRuntime<NodeImage> {
  const { threads = Math.max(1, Math.floor(availableParallelism() / count)) } = options;
  const settings: Settings = { ...options, threads };
  const workers = Array.from({ length: count }, () => remoteWorker(workerStarter(createWorker)));
  const runtime: NodeRuntime & PipelineRuntime<NodeImage> = {
    name: 'node',
    decode: (image, options) => decodeImage(image, settings, options), // by threads of sharp's own
    open: (model, run = {}) => remoteSession(leastBusy(workers), settings, model, run),
    openPipeline: (parts, run = {}) =>
      remotePipeline<NodeImage, Settings>(parts, {
        ...run,
        workers,
        settings,
        runtime,
        portable: (image) => portableImage(image, settings),
        turn: oneATurn(),
      }),
  };
  return runtime;
}

const leastBusy = (workers: readonly RemoteWorker[]): RemoteWorker =>
  workers.reduce((least, other) => (other.running < least.running ? other : least));

/** Whoever waits gets a turn of the event loop alone. */
function oneATurn(): () => Promise<void> {
  let last = Promise.resolve();
  return () => {
    last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
    return last;
  };
}
