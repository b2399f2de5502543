import { FaceXFormerError } from '@facexformer/core';
import type { DeviceLost } from './device-lost.js';

/** Where models run. `auto` is WebGPU where there is a GPU for it, else WebAssembly. */
export type WebDevice = 'auto' | 'webgpu' | 'wasm';

/** Settings of {@link webRuntime}. */
export interface WebRuntimeOptions {
  /** Default `auto`. */
  readonly device?: WebDevice;
  /** Lets WebAssembly stand in for a WebGPU that is missing, instead of an error. Default false. */
  readonly fallback?: boolean;
  /**
   * CPU threads of WebAssembly at most. More than one needs a cross-origin isolated page; elsewhere there is one.
   * Default: half the processor's, up to 4. The first runtime of a page decides for all.
   */
  readonly threads?: number;
  /** Folder that serves onnxruntime-web's `.wasm` files. Default: beside its script, where bundlers put them. */
  readonly assets?: string | URL;
  /** The largest photo to decode, in pixels. Default 100 million. */
  readonly maxPixels?: number;
  /** The largest encoded photo to read, in bytes. Default 256 MiB. */
  readonly maxBytes?: number;
  /** Told when the GPU goes away under a session, which then moves on by itself. */
  readonly onDeviceLost?: (event: DeviceLost) => void;
  /** Starts a module worker that calls `serveRuntime()`; models then run there, and photos are decoded there. */
  readonly worker?: () => Worker;
}

/** Checked options with the defaults filled in; a worker gets them by message. */
export interface Settings {
  readonly device: WebDevice;
  readonly fallback: boolean;
  readonly threads: number | undefined;
  readonly assets: string | undefined;
  readonly maxPixels: number;
  readonly maxBytes: number;
}

const DEVICES: readonly string[] = ['auto', 'webgpu', 'wasm'] satisfies WebDevice[];

/**
 * Fills in the defaults.
 * @throws {FaceXFormerError} `BAD_OPTION` naming the option and its value.
 */
export function checkOptions(options: WebRuntimeOptions): Settings {
  const { device = 'auto', fallback = false, threads, maxPixels = 100e6, maxBytes = 256 * 2 ** 20 } = options;
  if (!DEVICES.includes(device)) {
    throw new FaceXFormerError('BAD_OPTION', `device must be one of ${DEVICES.join(', ')}, not "${device}"`);
  }
  if (threads !== undefined) checkWhole('threads', threads, 64);
  checkWhole('maxPixels', maxPixels, 2 ** 28);
  checkWhole('maxBytes', maxBytes, 2 ** 31 - 1);
  return { device, fallback, threads, assets: folderOf(options.assets), maxPixels, maxBytes };
}

/** An absolute folder URL with its final slash; relative ones count from the page. */
function folderOf(assets: string | URL | undefined): string | undefined {
  if (assets === undefined) return undefined;
  const base = typeof document === 'undefined' ? globalThis.location?.href : document.baseURI;
  try {
    const { href } = new URL(assets, base);
    return href.endsWith('/') ? href : `${href}/`;
  } catch (cause) {
    throw new FaceXFormerError('BAD_OPTION', `assets must be the URL of a folder, not "${assets}"`, {
      cause,
    });
  }
}

function checkWhole(name: string, value: number, most: number): void {
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `${name} must be a whole number from 1 to ${most}, not ${value}`,
    );
  }
}
