import { FaceXFormerError, type RunOptions, type Runtime, throwIfAborted } from '@facexformer/core';
import type { DisposableSession, ModelBuilder } from '@facexformer/core/runtime';
import { decodeImage, type NodeImage } from './decode-image.js';
import { type Device, hasCudaProvider, startDevice } from './devices.js';
import { checkOptions, type NodeRuntimeOptions, type Settings } from './options.js';
import { loadOrt, type Ort } from './ort.js';
import { openSession } from './session.js';

/** What {@link nodeRuntime} returns. */
export interface NodeRuntime extends Runtime<NodeImage> {
  open(model: ModelBuilder, options?: RunOptions): Promise<DisposableSession>;
}

/**
 * Runs models with onnxruntime-node and decodes photos with sharp. Both load on first use.
 *
 * `open` starts the device before it builds the model; the session's `device` is the one that really runs. A run blocks
 * the calling thread until it ends; onnxruntime spreads it over `threads`.
 * @throws {FaceXFormerError} `BAD_OPTION`.
 */
export function nodeRuntime(options: NodeRuntimeOptions = {}): NodeRuntime {
  const settings = checkOptions(options);
  return {
    name: 'node',
    decode: (image, run) => decodeImage(image, settings, run),
    async open(model, { signal } = {}) {
      throwIfAborted(signal);
      const ort = await loadOrt();
      const device = await chooseDevice(ort, settings);
      const onnx = await model(device, { external: true });
      throwIfAborted(signal);
      const session = await openSession(ort, onnx, device, settings.threads);
      if (signal?.aborted) await session.dispose();
      throwIfAborted(signal);
      return session;
    },
  };
}

/** Starts the device that the user wants, or its substitute. */
async function chooseDevice(ort: Ort, { device, fallback }: Settings): Promise<Device> {
  const wanted = device === 'auto' ? (hasCudaProvider() ? 'cuda' : 'cpu') : device;
  try {
    await startDevice(ort, wanted);
    return wanted;
  } catch (error) {
    const mayFallBack = fallback || device === 'auto';
    if (mayFallBack && FaceXFormerError.isInstance(error, 'DEVICE_UNAVAILABLE')) return 'cpu';
    throw error;
  }
}
