import { constants, getPriority, platform, setPriority } from 'node:os';
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
  giveWay();
  const peer: Peer = connect(port, {
    ...serveSessions(threadRuntime, () => peer),
    ...servePipelines(threadRuntime, detectorOf, () => peer),
  });
  port.on('message', peer.receive);
}

/**
 * Lets the thread that calls go first where cores are few: it only hands out work and results. On Linux a priority belongs
 * to a thread, and those that the engine starts inherit it; elsewhere it would be the whole process's.
 */
function giveWay(): void {
  const { PRIORITY_BELOW_NORMAL } = constants.priority;
  if (platform() === 'linux' && getPriority() < PRIORITY_BELOW_NORMAL) setPriority(PRIORITY_BELOW_NORMAL);
}

async function detectorOf({ maker, options }: DetectorRecipe): Promise<DetectorFactory> {
  const { blazeFace } = await import('@facexformer/detector');
  if (maker === 'blazeFace') return blazeFace(options as Parameters<typeof blazeFace>[0]);
  throw new FaceXFormerError('UNSUPPORTED', `this version does not know the detector "${maker}"`);
}
