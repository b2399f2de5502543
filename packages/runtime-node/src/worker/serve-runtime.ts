import { isMainThread, parentPort } from 'node:worker_threads';
import { type DetectorFactory, FaceXFormerError } from '@facexformer/core';
import {
  connect,
  type DetectorRecipe,
  type Peer,
  servePipelines,
  serveSessions,
} from '@facexformer/core/runtime';

import { threadRuntime } from '../thread-runtime.js';

/**
 * Turns a worker thread into one that serves `nodeRuntime({ workers, worker })`. The whole script of the worker is:
 *
 * ```ts
 * import { serveRuntime } from '@facexformer/runtime-node';
 *
 * serveRuntime();
 * ```
 * @throws {FaceXFormerError} `UNSUPPORTED` in a thread that is not a worker.
 */
export function serveRuntime(): void {
  const port = parentPort;
  if (isMainThread || !port) {
    throw new FaceXFormerError('UNSUPPORTED', 'serveRuntime belongs into the script of a worker thread');
  }
  const peer: Peer = connect(port, {
    ...serveSessions(threadRuntime, () => peer),
    ...servePipelines(threadRuntime, detectorOf, () => peer),
  });
  port.on('message', peer.receive);
}

async function detectorOf({ maker, options }: DetectorRecipe): Promise<DetectorFactory> {
  const { blazeFace } = await import('@facexformer/detector');
  if (maker === 'blazeFace') return blazeFace(options as Parameters<typeof blazeFace>[0]);
  throw new FaceXFormerError('UNSUPPORTED', `this version does not know the detector "${maker}"`);
}
