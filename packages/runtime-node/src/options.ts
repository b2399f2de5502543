import type { Worker } from 'node:worker_threads';
import { FUNCTION, whole } from '@facexformer/core/arguments';
import { checkRuntimeOptions, type RuntimeOptions, type RuntimeSettings } from '@facexformer/core/runtime';

/** More than any machine has cores. */
const MOST_WORKERS = 1024;

/** Where models run. `auto` is CUDA where its libraries are installed and start, else the CPU; WebGPU only on request. */
export type NodeDevice = 'auto' | 'cpu' | 'cuda' | 'webgpu';

/** Settings of `nodeRuntime`. */
export interface NodeRuntimeOptions extends RuntimeOptions<NodeDevice> {
  /** CPU threads of one session. Default: what onnxruntime finds best, the number of physical cores. */
  readonly threads?: number;
  /**
   * Worker threads that decode, detect, crop and run networks, so that the calling thread's event loop stays free. Each
   * loads the models. Default 0: all of it in the calling thread. With workers, `threads` is by default each one's share
   * of the cores.
   */
  readonly workers?: number;
  /** Starts a worker whose script calls `serveRuntime()`, where a bundler has moved the code. Default: this package's own. */
  readonly worker?: () => Worker;
}

/** Checked options with the defaults filled in. */
export type Settings = RuntimeSettings<NodeDevice>;

/**
 * Fills in the defaults.
 * @throws {FaceXFormerError} `BAD_OPTION` naming the option and its value.
 */
export const checkOptions = (options: NodeRuntimeOptions): Settings =>
  checkRuntimeOptions<NodeDevice, NodeRuntimeOptions>(
    options,
    { of: 'nodeRuntime', devices: ['auto', 'cpu', 'cuda', 'webgpu'], threads: 1024, pixels: 2 ** 30 },
    { workers: whole(0, MOST_WORKERS), worker: FUNCTION },
  );
