import { FaceXFormerError, type Signal, throwIfAborted } from '@facexformer/core';
import { asyncDispose, type DisposableSession, type ModelBuilder } from '@facexformer/core/runtime';
import type { DeviceLost } from '../contract/device-lost.js';
import type { Settings } from '../contract/options.js';
import { type Engine, startEngine } from './engine.js';

/** What a session needs to move to another device. */
export interface Moving {
  readonly model: ModelBuilder;
  readonly settings: Settings;
  readonly onDeviceLost: (event: DeviceLost) => void;
  readonly signal?: Signal | undefined;
}

/** A device and the model on it. */
interface Place {
  readonly engine: Engine;
  readonly session: DisposableSession;
}

const LOST = Symbol('lost');

/**
 * Opens a model whose session survives the loss of its GPU: it moves to a new device after the first loss, and to
 * WebAssembly after the second; calls that were running are repeated there. Owns the engine.
 * @throws {FaceXFormerError} `RUNTIME`, `ABORTED`, and what the model builder throws.
 */
export async function movingSession(engine: Engine, moving: Moving): Promise<DisposableSession> {
  const first = await settle(engine, moving);
  let now = first;
  let current = Promise.resolve(first);
  let losses = 0;
  let disposing: Promise<void> | undefined;

  const follow = (place: Place): void => {
    place.engine.lost?.then((info) => {
      if (disposing) return;
      losses += 1;
      const next = losses === 1 ? 'webgpu' : 'wasm';
      place.session.dispose().catch(() => undefined);
      current = move(next, moving);
      current.then((moved) => {
        now = moved;
        follow(moved);
      }, nothing);
      const reason = info.reason === 'destroyed' ? 'destroyed' : 'unknown';
      moving.onDeviceLost({ type: 'device-lost', reason, message: info.message, next });
    });
  };
  follow(first);

  const dispose = (): Promise<void> => {
    disposing ??= current.then(leave, nothing);
    return disposing;
  };
  return {
    inputs: first.session.inputs,
    outputs: first.session.outputs,
    get device() {
      return now.session.device;
    },
    async run(feeds, options = {}) {
      for (;;) {
        if (disposing)
          throw new FaceXFormerError('DISPOSED', 'this session has been disposed of: open another one');
        const { session, engine: device } = await current;
        const outputs = await unlessLost(session.run(feeds, options), device);
        if (outputs !== LOST) return outputs;
        throwIfAborted(options.signal);
      }
    },
    dispose,
    [asyncDispose]: dispose,
  };
}

const nothing = (): void => undefined;

async function settle(engine: Engine, { model, signal }: Moving): Promise<Place> {
  try {
    throwIfAborted(signal);
    const onnx = await model(engine.device, { external: false });
    throwIfAborted(signal);
    return { engine, session: await engine.open(onnx) };
  } catch (error) {
    engine.close();
    throw error;
  }
}

/** Opens the model again, in WebAssembly if there is no GPU. */
async function move(next: DeviceLost['next'], { model, settings }: Moving): Promise<Place> {
  const moving = async (device: DeviceLost['next']) =>
    settle(await startEngine(device, settings), { model, settings, onDeviceLost: nothing });
  return next === 'wasm' ? moving('wasm') : moving('webgpu').catch(() => moving('wasm'));
}

async function leave({ engine, session }: Place): Promise<void> {
  await session.dispose();
  engine.close();
}

/** How much later than the error that it causes a loss may be reported, in milliseconds. */
const GRACE = 100;

/** The result of work on a device, or LOST: instead of the error that the loss causes, or of no answer at all. */
async function unlessLost<Result>(work: Promise<Result>, { lost }: Engine): Promise<Result | typeof LOST> {
  if (!lost) return work;
  const loss = lost.then((): typeof LOST => LOST);
  const patient = work.catch(async (error: unknown) => {
    if (!FaceXFormerError.isInstance(error, 'RUNTIME')) throw error;
    await new Promise((resolve) => setTimeout(resolve, GRACE));
    throw error;
  });
  return Promise.race([patient, loss]);
}
