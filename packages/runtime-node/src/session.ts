import { dirname } from 'node:path';
import {
  FaceXFormerError,
  type OnnxModel,
  type Session,
  type Tensor,
  throwIfAborted,
} from '@facexformer/core';
import type { InferenceSession } from 'onnxruntime-node';
import type { Device } from './devices.js';
import { checkFeeds } from './feeds.js';
import type { Ort } from './ort.js';

/** A {@link Session} that `await using` disposes of. */
export interface NodeSession extends Session {
  /** The same as `dispose`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Loads a model on a device that has been started. Weights in an external file are mapped by onnxruntime, not copied.
 * @throws {FaceXFormerError} `RUNTIME` with onnxruntime's error as cause.
 */
export async function openSession(
  ort: Ort,
  model: OnnxModel,
  device: Device,
  threads: number | undefined,
): Promise<NodeSession> {
  let native: InferenceSession;
  try {
    native = await ort.InferenceSession.create(model.bytes, sessionOptions(model, device, threads));
  } catch (cause) {
    throw failed(`onnxruntime cannot load the model on ${device}`, cause);
  }
  const running = new Set<Promise<unknown>>();
  let disposing: Promise<void> | undefined;

  const dispose = (): Promise<void> => {
    disposing ??= Promise.allSettled(running).then(() => native.release());
    return disposing;
  };
  return {
    inputs: native.inputNames,
    outputs: native.outputNames,
    device,
    async run(feeds, { signal } = {}) {
      if (disposing) throw new FaceXFormerError('DISPOSED', 'this session has been disposed of');
      throwIfAborted(signal);
      checkFeeds(feeds, native.inputMetadata);
      const work = execute(ort, native, feeds);
      running.add(work);
      try {
        return await work;
      } finally {
        running.delete(work);
        throwIfAborted(signal);
      }
    },
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

function sessionOptions(
  { externalFile, optimize = true }: OnnxModel,
  device: Device,
  threads: number | undefined,
): InferenceSession.SessionOptions {
  return {
    executionProviders: [device],
    // 'basic' folds constants; the rest is known to gain nothing on the CPU for models that say so.
    graphOptimizationLevel: !optimize && device === 'cpu' ? 'basic' : 'all',
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    ...(threads !== undefined && { intraOpNumThreads: threads }),
    ...(externalFile !== undefined && {
      extra: { session: { model_external_initializers_file_folder_path: dirname(externalFile) } },
    }),
  };
}

async function execute(
  ort: Ort,
  native: InferenceSession,
  feeds: Readonly<Record<string, Tensor>>,
): Promise<Record<string, Tensor>> {
  const inputs = Object.entries(feeds).map(
    ([name, { dims, data }]) => [name, new ort.Tensor('float32', data, dims)] as const,
  );
  let results: InferenceSession.ReturnType;
  try {
    results = await native.run(Object.fromEntries(inputs));
  } catch (cause) {
    throw failed('onnxruntime failed to run the model', cause);
  }
  const outputs = Object.entries(results).map(([name, { dims, data }]) => {
    if (!(data instanceof Float32Array)) {
      throw new FaceXFormerError('UNSUPPORTED', `output "${name}" is not float32`);
    }
    return [name, { dims, data }] as const;
  });
  return Object.fromEntries(outputs);
}

const failed = (what: string, cause: unknown): FaceXFormerError =>
  new FaceXFormerError('RUNTIME', `${what}: ${(cause as Error).message}`, { cause });
