import { FaceXFormerError } from '@facexformer/core';
import { FUNCTION, kind, tagOf } from '@facexformer/core/arguments';
import { checkRuntimeOptions, type RuntimeOptions, type RuntimeSettings } from '@facexformer/core/runtime';
import type { DeviceLost } from './device-lost.js';

/** Where models run. `auto` is WebGPU where there is a GPU for it, else WebAssembly. */
export type WebDevice = 'auto' | 'webgpu' | 'wasm';

/** Settings of `webRuntime`. */
export interface WebRuntimeOptions extends RuntimeOptions<WebDevice> {
  /** If WebGPU is missing, run in WebAssembly instead of failing. Default false. */
  readonly fallback?: boolean;
  /**
   * The most CPU threads that WebAssembly may use. More than one needs a cross-origin isolated page; elsewhere there is
   * one. Default: half the processor's, up to 4. The first runtime of a page decides for all.
   */
  readonly threads?: number;
  /** Folder that serves onnxruntime-web's `.wasm` files. Default: beside its script, where bundlers put them. */
  readonly assets?: string | URL;
  /** Called when a session loses its GPU; the session moves on by itself. */
  readonly onDeviceLost?: (event: DeviceLost) => void;
  /** Starts a module worker that calls `serveRuntime()`; models then run, and photos are decoded, in it. */
  readonly worker?: () => Worker;
}

/** Checked options with the defaults filled in; a worker gets them by message. */
export interface Settings extends RuntimeSettings<WebDevice> {
  readonly assets: string | undefined;
}

/**
 * Fills in the defaults.
 * @throws {FaceXFormerError} `BAD_OPTION` naming the option and its value.
 */
export function checkOptions(options: WebRuntimeOptions): Settings {
  const settings = checkRuntimeOptions<WebDevice, WebRuntimeOptions>(
    options,
    { of: 'webRuntime', devices: ['auto', 'webgpu', 'wasm'], threads: 64, pixels: 2 ** 28 },
    { assets: ADDRESS, onDeviceLost: FUNCTION, worker: FUNCTION },
  );
  return { ...settings, assets: folderOf(options.assets) };
}

/** Check of an argument. */
export const ADDRESS = kind('an address as text or a URL', (value) => /^(String|URL)$/.test(tagOf(value)));

/** An absolute folder URL with its final slash; relative ones count from the page. */
function folderOf(assets: string | URL | undefined): string | undefined {
  if (assets === undefined) return undefined;
  const base = typeof document === 'undefined' ? globalThis.location?.href : document.baseURI;
  try {
    const { href } = new URL(assets, base);
    return href.endsWith('/') ? href : `${href}/`;
  } catch (cause) {
    throw new FaceXFormerError('BAD_OPTION', 'webRuntime: option "assets" must be the URL of a folder', {
      cause,
    });
  }
}
