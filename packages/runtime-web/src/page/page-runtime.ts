import { FaceXFormerError, throwIfAborted } from '@facexformer/core';
import type { DeviceLost } from '../contract/device-lost.js';
import type { Settings } from '../contract/options.js';
import type { WebRuntime } from '../contract/web-runtime.js';
import { type Engine, startEngine } from '../device/engine.js';
import { hasGpu } from '../device/gpu.js';
import { movingSession } from '../device/moving-session.js';
import { decodeImage } from '../picture/decode-image.js';

/** The runtime in the current thread, a page's or a worker's. */
export function pageRuntime(settings: Settings, onDeviceLost: (event: DeviceLost) => void): WebRuntime {
  return {
    name: 'web',
    decode: (image, run) => decodeImage(image, settings, run),
    async open(model, { signal } = {}) {
      throwIfAborted(signal);
      refuseNode();
      const engine = await chooseEngine(settings);
      const session = await movingSession(engine, { model, settings, onDeviceLost, signal });
      if (signal?.aborted) await session.dispose();
      throwIfAborted(signal);
      return session;
    },
  };
}

/** Node runs onnxruntime-web too, but neither finds its files nor is fast with it. */
function refuseNode(): void {
  const isNode = typeof window === 'undefined' && !('WorkerGlobalScope' in globalThis);
  if (!isNode) return;
  throw new FaceXFormerError(
    'UNSUPPORTED',
    'webRuntime is for browsers: in Node, Bun and Deno use nodeRuntime() of @facexformer/runtime-node',
  );
}

/** Starts the device that the user wants, or its substitute. */
async function chooseEngine(settings: Settings): Promise<Engine> {
  const { device, fallback } = settings;
  if (device === 'wasm' || (device === 'auto' && !(await hasGpu()))) return startEngine('wasm', settings);
  return startEngine('webgpu', settings).catch((error: unknown) => {
    const mayFallBack = fallback || device === 'auto';
    if (!mayFallBack || !FaceXFormerError.isInstance(error, 'DEVICE_UNAVAILABLE')) throw error;
    return startEngine('wasm', settings);
  });
}
