import type { NodeRuntime } from './node-runtime.js';
import { checkOptions, type NodeRuntimeOptions } from './options.js';
import { threadRuntime } from './thread-runtime.js';
import { workersRuntime } from './worker/workers-runtime.js';

/**
 * Runs models with onnxruntime-node and decodes photos with sharp. Both load on first use.
 *
 * `open` starts the device before it builds the model; the session's `device` is the one that really runs. Without
 * `workers` a run blocks the calling thread until it ends; onnxruntime spreads it over `threads`.
 * @throws {FaceXFormerError} `BAD_OPTION`.
 */
export function nodeRuntime(options: NodeRuntimeOptions = {}): NodeRuntime {
  const settings = checkOptions(options);
  const { workers, worker } = options;
  return workers ? workersRuntime(workers, settings, worker) : threadRuntime(settings);
}
