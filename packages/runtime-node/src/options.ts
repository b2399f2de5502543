import { FaceXFormerError } from '@facexformer/core';

/** Where models run. `auto` is CUDA where its libraries are installed and start, else the CPU; WebGPU only on request. */
export type NodeDevice = 'auto' | 'cpu' | 'cuda' | 'webgpu';

/** Settings of {@link nodeRuntime}. */
export interface NodeRuntimeOptions {
  /** Default `auto`. */
  readonly device?: NodeDevice;
  /** Lets the CPU stand in for a `device` that is missing, instead of an error. Default false. */
  readonly fallback?: boolean;
  /** CPU threads of one session; default: what onnxruntime finds best, the number of physical cores. */
  readonly threads?: number;
  /** The largest photo to decode, in pixels. Default 100 million. */
  readonly maxPixels?: number;
  /** The largest encoded photo to read, in bytes. Default 256 MiB. */
  readonly maxBytes?: number;
}

/** Checked options with the defaults filled in. */
export interface Settings {
  readonly device: NodeDevice;
  readonly fallback: boolean;
  readonly threads: number | undefined;
  readonly maxPixels: number;
  readonly maxBytes: number;
}

const DEVICES: readonly string[] = ['auto', 'cpu', 'cuda', 'webgpu'] satisfies NodeDevice[];

/**
 * Fills in the defaults.
 * @throws {FaceXFormerError} `BAD_OPTION` naming the option and its value.
 */
export function checkOptions(options: NodeRuntimeOptions): Settings {
  const { device = 'auto', fallback = false, threads, maxPixels = 100e6, maxBytes = 256 * 2 ** 20 } = options;
  if (!DEVICES.includes(device)) {
    throw new FaceXFormerError('BAD_OPTION', `device must be one of ${DEVICES.join(', ')}, not "${device}"`);
  }
  if (threads !== undefined) checkWhole('threads', threads, 1024);
  checkWhole('maxPixels', maxPixels, 2 ** 30);
  checkWhole('maxBytes', maxBytes, 2 ** 31 - 1);
  return { device, fallback, threads, maxPixels, maxBytes };
}

function checkWhole(name: string, value: number, most: number): void {
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `${name} must be a whole number from 1 to ${most}, not ${value}`,
    );
  }
}
