import { FaceXFormerError, type Pixels, throwIfAborted } from '@facexformer/core';
import { checkPixels, isPixels } from '@facexformer/core/image';
import { checkPixelCount, type DisposableSession, type ModelBuilder } from '@facexformer/core/runtime';
import type { DeviceLost } from '../contract/device-lost.js';
import type { Settings } from '../contract/options.js';
import type { WebRuntime } from '../contract/web-runtime.js';
import type { WebImage } from '../picture/decode-image.js';
import { kindOf, readPicture } from '../picture/picture.js';
import type {
  BuildCall,
  DecodeCall,
  DisposeCall,
  LostCall,
  OpenCall,
  Opened,
  Ran,
  RunCall,
} from './protocol.js';
import { connect, type Peer } from './rpc.js';

/** A started worker. */
interface Connection {
  readonly peer: Peer;
  readonly models: Map<number, ModelBuilder>;
  /** Counts a user of the worker; returns how it leaves. The worker ends with its last user. */
  enter(): () => void;
}

/**
 * The runtime that works in a worker, which is started when first needed and ends with the last session. Pixels, bitmaps
 * and results are transferred without a copy.
 */
export function workerRuntime(
  createWorker: () => Worker,
  settings: Settings,
  onDeviceLost: (event: DeviceLost) => void,
): WebRuntime {
  let connection: Connection | undefined;
  let last = 0;

  const connected = (): Connection => {
    connection ??= start(createWorker(), onDeviceLost, () => {
      connection = undefined;
    });
    return connection;
  };

  return {
    name: 'web',
    async decode(image, { signal } = {}) {
      throwIfAborted(signal);
      if (kindOf(image) !== 'ImageData' && isPixels(image)) {
        checkPixels(image);
        return image;
      }
      const sent = await portable(image, settings);
      throwIfAborted(signal);
      const { peer, enter } = connected();
      const leave = enter();
      try {
        const call: DecodeCall = { image: sent.image, settings };
        const pixels = (await peer.call('decode', call, sent.transfer)) as Pixels;
        throwIfAborted(signal);
        return pixels;
      } finally {
        leave();
      }
    },
    async open(model, { signal } = {}) {
      throwIfAborted(signal);
      const { peer, models, enter } = connected();
      const leave = enter();
      last += 1;
      const session = last;
      const close = (): void => {
        models.delete(session);
        leave();
      };
      models.set(session, async (...request) => {
        throwIfAborted(signal);
        return model(...request);
      });
      const call: OpenCall = { session, settings };
      const opened = await peer.call('open', call).catch((error: unknown) => {
        close();
        throw error;
      });
      models.set(session, model);
      const proxy = sessionOf(peer, session, opened as Opened, close);
      if (signal?.aborted) await proxy.dispose();
      throwIfAborted(signal);
      return proxy;
    },
  };
}

function start(worker: Worker, onDeviceLost: (event: DeviceLost) => void, onEnd: () => void): Connection {
  const models = new Map<number, ModelBuilder>();
  const peer = connect(worker, {
    async build({ session, target }: BuildCall) {
      const { bytes, optimize = true } = await models.get(session)!(target, { external: false });
      return { value: { bytes, optimize } };
    },
    async lost({ event }: LostCall) {
      onDeviceLost(event);
      return { value: undefined };
    },
  });
  let users = 0;
  const end = (error: FaceXFormerError): void => {
    onEnd();
    peer.fail(error);
    worker.terminate();
  };
  const crash = (why: string): void => end(new FaceXFormerError('RUNTIME', `the worker failed: ${why}`));
  worker.addEventListener('error', ({ message }) => crash(message || 'its script did not load'));
  worker.addEventListener('messageerror', () => crash('a message could not be read'));
  const enter = () => {
    users += 1;
    return () => {
      users -= 1;
      if (users === 0) end(new FaceXFormerError('DISPOSED', 'the worker has ended'));
    };
  };
  return { peer, models, enter };
}

function sessionOf(
  peer: Peer,
  session: number,
  { inputs, outputs, device: first }: Opened,
  close: () => void,
): DisposableSession {
  let device = first;
  let disposing: Promise<void> | undefined;
  const dispose = (): Promise<void> => {
    disposing ??= peer
      .call('dispose', { session } satisfies DisposeCall)
      .catch(() => undefined)
      .then(close);
    return disposing;
  };
  return {
    inputs,
    outputs,
    get device() {
      return device;
    },
    async run(feeds, { signal } = {}) {
      if (disposing) throw new FaceXFormerError('DISPOSED', 'this session has been disposed of');
      throwIfAborted(signal);
      const ran = (await peer.call('run', { session, feeds } satisfies RunCall)) as Ran;
      device = ran.device;
      throwIfAborted(signal);
      return ran.outputs;
    },
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

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
