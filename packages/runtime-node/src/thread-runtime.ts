import { FaceXFormerError, throwIfAborted } from '@facexformer/core';
import { decodeImage } from './decode-image.js';
import { type Device, hasCudaProvider, startDevice } from './devices.js';
import type { NodeRuntime } from './node-runtime.js';
import type { Settings } from './options.js';
import { loadOrt, type Ort } from './ort.js';
import { openSession } from './session.js';

/** The runtime in the current thread. */
export const threadRuntime = (settings: Settings): NodeRuntime => ({
  name: 'node',
  decode: (image, options) => decodeImage(image, settings, options),
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
});

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
