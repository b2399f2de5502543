import { FaceXFormerError, type Pixels, throwIfAborted } from '@facexformer/core';
import { checkPixels, isPixels } from '@facexformer/core/image';
import {
  checkPixelCount,
  connect,
  remoteSession,
  remoteWorker,
  type StartWorker,
} from '@facexformer/core/runtime';
import type { DeviceLost } from '../contract/device-lost.js';
import type { Settings } from '../contract/options.js';
import type { WebRuntime } from '../contract/web-runtime.js';
import type { WebImage } from '../picture/decode-image.js';
import { kindOf, readPicture } from '../picture/picture.js';
import type { DecodeCall, LostCall } from './protocol.js';

/**
 * The runtime that works in a worker, which is started when first needed and ends with the last session. Pixels, bitmaps
 * and results are transferred without a copy.
 */
export function workerRuntime(
  createWorker: () => Worker,
  settings: Settings,
  onDeviceLost: (event: DeviceLost) => void,
): WebRuntime {
  const worker = remoteWorker(starter(createWorker, onDeviceLost));
  return {
    name: 'web',
    async decode(image, { signal } = {}) {
      throwIfAborted(signal);
      if (kindOf(image) !== 'ImageData' && isPixels(image)) {
        checkPixels(image);
        return image;
      }
      const { image: sent, transfer = [] } = await portable(image, settings);
      throwIfAborted(signal);
      const call: DecodeCall = { image: sent, settings };
      return (await worker.use((peer) => peer.call('decode', call, { transfer, signal }))) as Pixels;
    },
    open: (model, run = {}) => remoteSession(worker, settings, model, run),
  };
}

const starter =
  (createWorker: () => Worker, onDeviceLost: (event: DeviceLost) => void): StartWorker =>
  (handlers, onEnd) => {
    const worker = createWorker();
    const peer = connect(worker, {
      ...handlers,
      async lost({ event }: LostCall) {
        onDeviceLost(event);
        return { value: undefined };
      },
    });
    const crash = (why: string): void => onEnd(new FaceXFormerError('RUNTIME', `the worker failed: ${why}`));
    worker.addEventListener('message', ({ data }) => peer.receive(data));
    worker.addEventListener('error', ({ message }) => crash(message || 'its script did not load'));
    worker.addEventListener('messageerror', () => crash('a message could not be read'));
    return { peer, terminate: () => worker.terminate() };
  };

/** A photo in a form that can be sent to a worker: elements become bitmaps, frames are cloned. */
async function portable(
  image: WebImage,
  limits: Settings,
): Promise<{ readonly image: WebImage; readonly transfer?: Transferable[] }> {
  const kind = kindOf(image);
  if (kind === 'Blob' || kind === 'File' || kind === 'ImageData') return { image };
  const picture = await readPicture(image, limits);
  checkPixelCount(picture.name, picture, limits);
  const { source } = picture;
  const sent = kind === 'VideoFrame' ? (source as VideoFrame).clone() : await createImageBitmap(source);
  picture.close();
  return { image: sent, transfer: [sent] };
}
