import { FaceXFormerError } from '@facexformer/core';
import type { OnnxModel } from '@facexformer/core/graph';
import { type DisposableSession, ortSession } from '@facexformer/core/runtime';
import type { InferenceSession } from 'onnxruntime-web/wasm';
import type { Settings } from '../contract/options.js';
import { openGpu } from './gpu.js';
import { loadOrt } from './ort.js';

/** A started device. */
export interface Engine {
  readonly device: 'wasm' | 'webgpu';
  /** Settles when the device is lost; absent in WebAssembly. */
  readonly lost?: Promise<GPUDeviceLostInfo>;
  /** @throws {FaceXFormerError} `RUNTIME` with onnxruntime's error as cause. */
  open(model: OnnxModel): Promise<DisposableSession>;
  /** Frees the device and all that lies on it. */
  close(): void;
}

/**
 * Starts a device.
 * @throws {FaceXFormerError} `DEVICE_UNAVAILABLE`, `RUNTIME`.
 */
export async function startEngine(device: 'wasm' | 'webgpu', settings: Settings): Promise<Engine> {
  const gpu = device === 'webgpu' ? await openGpu() : undefined;
  const ort = await loadOrt(device, settings);
  const provider = gpu ? { name: 'webgpu' as const, device: gpu.device } : 'wasm';
  const open = async ({ bytes, optimize = true }: OnnxModel): Promise<DisposableSession> => {
    const native = await exclusively(() =>
      ort.InferenceSession.create(bytes, {
        executionProviders: [provider],
        graphOptimizationLevel: optimize ? LEVELS[device] : 'basic',
        logSeverityLevel: 3,
      }),
    ).catch((cause: Error) => {
      throw new FaceXFormerError(
        'RUNTIME',
        `onnxruntime-web cannot load the model on ${device}: ${cause.message}${HINT}`,
        { cause },
      );
    });
    return ortSession(oneAtATime(native), device, (data, dims) => new ort.Tensor('float32', data, dims));
  };
  return { device, open, close: () => gpu?.device.destroy(), ...(gpu && { lost: gpu.lost }) };
}

/** `all` also looks for memory layouts; WebAssembly has only one, and starts sooner without. */
const LEVELS = { wasm: 'extended', webgpu: 'all' } as const;

const HINT = '. Check that its .wasm files are served, or set `assets` to their folder';

/** Module state, because what it guards is: onnxruntime-web is one WebAssembly module per page, and cannot take two calls at once. */
let queue: Promise<unknown> = Promise.resolve();

/** Runs `work` once everything queued before it has ended. */
function exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
  const result = queue.then(work);
  queue = result.catch(() => undefined);
  return result;
}

function oneAtATime(native: InferenceSession): Pick<
  InferenceSession,
  'inputNames' | 'outputNames' | 'inputMetadata' | 'release'
> & {
  run(feeds: InferenceSession.OnnxValueMapType): Promise<InferenceSession.ReturnType>;
} {
  return {
    inputNames: native.inputNames,
    outputNames: native.outputNames,
    inputMetadata: native.inputMetadata,
    run: (feeds) => exclusively(() => native.run(feeds)),
    release: () => exclusively(() => native.release()),
  };
}
