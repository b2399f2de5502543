import { checkRuntimeOptions, type RuntimeOptions, type RuntimeSettings } from '@facexformer/core/runtime';

/** Where models run. `auto` is CUDA where its libraries are installed and start, else the CPU; WebGPU only on request. */
export type NodeDevice = 'auto' | 'cpu' | 'cuda' | 'webgpu';

/** Settings of `nodeRuntime`. */
export interface NodeRuntimeOptions extends RuntimeOptions<NodeDevice> {
  /** CPU threads of one session. Default: what onnxruntime finds best, the number of physical cores. */
  readonly threads?: number;
}

/** Checked options with the defaults filled in. */
export type Settings = RuntimeSettings<NodeDevice>;

/**
 * Fills in the defaults.
 * @throws {FaceXFormerError} `BAD_OPTION` naming the option and its value.
 */
export const checkOptions = (options: NodeRuntimeOptions): Settings =>
  checkRuntimeOptions(options, {
    devices: ['auto', 'cpu', 'cuda', 'webgpu'],
    threads: 1024,
    pixels: 2 ** 30,
  });
