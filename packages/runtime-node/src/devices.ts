import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FaceXFormerError } from '@facexformer/core';
import type { Target } from '@facexformer/core/graph';
import type { Ort } from './ort.js';
import { requireHere } from './require-here.js';

/** A device that a session can run on, and the target that the graph is lowered for. */
export type Device = Extract<Target, 'cpu' | 'cuda' | 'webgpu'>;

/** y = -x on one float, as ONNX: starts a device without loading a model. */
const PROBE = Buffer.from(
  'CAg6MgoLCgF4EgF5IgNOZWcSAWdaDwoBeBIKCggIARIECgIIAWIPCgF5EgoKCAgBEgQKAggBQgQKABAR',
  'base64',
);

const REMEDY: Readonly<Record<Exclude<Device, 'cpu'>, string>> = {
  cuda:
    'On Linux x64 run "ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild onnxruntime-node --ignore-scripts=false" and ' +
    'install CUDA 12 and cuDNN 9. Or choose device "cpu", or set fallback: true.',
  webgpu:
    'It needs a GPU with a driver for Vulkan, Direct3D 12 or Metal (on Linux also libvulkan.so.1). Or choose device ' +
    '"cpu", or set fallback: true.',
};

/** True when the CUDA provider library is next to onnxruntime's own, the only place where onnxruntime looks. */
export function hasCudaProvider(): boolean {
  if (process.platform !== 'linux' || process.arch !== 'x64') return false;
  const main = requireHere.resolve('onnxruntime-node');
  return existsSync(join(dirname(main), '../bin/napi-v6/linux/x64/libonnxruntime_providers_cuda.so'));
}

/**
 * Makes sure that a device starts, so that any later failure is due to the model.
 * @throws {FaceXFormerError} `DEVICE_UNAVAILABLE`, saying what to do.
 */
export async function startDevice(ort: Ort, device: Device): Promise<void> {
  if (device === 'cpu') return;
  if (device === 'cuda' && !hasCudaProvider())
    throw unavailable(device, 'its provider library is not installed');
  try {
    const session = await ort.InferenceSession.create(PROBE, {
      executionProviders: [device],
      logSeverityLevel: 4,
    });
    await session.release();
  } catch (cause) {
    throw unavailable(device, (cause as Error).message, cause);
  }
}

function unavailable(device: Exclude<Device, 'cpu'>, reason: string, cause?: unknown): FaceXFormerError {
  return new FaceXFormerError(
    'DEVICE_UNAVAILABLE',
    `device "${device}" is not available: ${reason}. ${REMEDY[device]}`,
    {
      cause,
      details: { device },
    },
  );
}
