import { FaceXFormerError, type Signal, throwIfAborted } from '@facexformer/core';
import type { DisposableSession, ModelBuilder } from '@facexformer/core/runtime';
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
 * Opens a model so that it outlives its GPU: after the first loss it moves to a new device, then to WebAssembly, and
 * calls that were running run again there. Owns the engine.
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
        if (disposing) throw new FaceXFormerError('DISPOSED', 'this session has been disposed of');
        const { session, engine: device } = await current;
        const outputs = await unlessLost(session.run(feeds, options), device);
        if (outputs !== LOST) return outputs;
        throwIfAborted(options.signal);
      }
    },
    dispose,
    [Symbol.asyncDispose]: dispose,
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

/** Opens the model anew; WebAssembly takes over where no GPU answers. */
async function move(next: DeviceLost['next'], { model, settings }: Moving): Promise<Place> {
  const moving = async (device: DeviceLost['next']) =>
    settle(await startEngine(device, settings), { model, settings, onDeviceLost: nothing });
  return next === 'wasm' ? moving('wasm') : moving('webgpu').catch(() => moving('wasm'));
}

async function leave({ engine, session }: Place): Promise<void> {
  await session.dispose();
  engine.close();
}

/** How long the news of a loss may trail the error that it causes, in ms. */
const TRAIL = 100;

/** The result of work on a device; a loss wins over the error that it causes, and over silence. */
async function unlessLost<Result>(work: Promise<Result>, { lost }: Engine): Promise<Result | typeof LOST> {
  if (!lost) return work;
  const loss = lost.then((): typeof LOST => LOST);
  const patient = work.catch(async (error: unknown) => {
    if (!FaceXFormerError.isInstance(error, 'RUNTIME')) throw error;
    await new Promise((resolve) => setTimeout(resolve, TRAIL));
    throw error;
  });
  return Promise.race([patient, loss]);
}
