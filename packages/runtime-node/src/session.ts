import { dirname } from 'node:path';
import { FaceXFormerError } from '@facexformer/core';
import type { OnnxModel } from '@facexformer/core/graph';
import { type DisposableSession, ortSession } from '@facexformer/core/runtime';
import type { InferenceSession } from 'onnxruntime-node';
import type { Device } from './devices.js';
import type { Ort } from './ort.js';
import { toNative } from './realm.js';

/**
 * Loads a model on a device that has been started. Weights in an external file are mapped by onnxruntime, not copied.
 * @throws {FaceXFormerError} `RUNTIME` with onnxruntime's error as cause.
 */
export async function openSession(
  ort: Ort,
  model: OnnxModel,
  device: Device,
  threads: number | undefined,
): Promise<DisposableSession> {
  let native: InferenceSession;
  try {
    native = await ort.InferenceSession.create(model.bytes, sessionOptions(model, device, threads));
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new FaceXFormerError('RUNTIME', `onnxruntime cannot load the model on ${device}: ${reason}`, {
      cause,
    });
  }
  return ortSession(native, device, (data, dims) => new ort.Tensor('float32', toNative(data), dims));
}

function sessionOptions(
  { externalFile, optimize = true }: OnnxModel,
  device: Device,
  threads: number | undefined,
): InferenceSession.SessionOptions {
  const asIs = !optimize && device === 'cpu';
  const session = {
    // Threads that wait busily after a run take the cores from the next session, such as the model after the detector.
    force_spinning_stop: '1',
    // The weights stay mapped instead of being copied into the engine's own order (docs/decisions/0008).
    ...(asIs && { disable_prepacking: '1' }),
    ...(externalFile !== undefined && {
      model_external_initializers_file_folder_path: dirname(externalFile),
    }),
  };
  return {
    executionProviders: [device],
    // 'basic' folds constants; for models with `optimize: false` the rest gains nothing on the CPU.
    graphOptimizationLevel: asIs ? 'basic' : 'all',
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    ...(threads !== undefined && { intraOpNumThreads: threads }),
    extra: { session },
  };
}
