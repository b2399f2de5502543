import { FaceXFormerError } from '@facexformer/core';

/** A GPU device of our own, and a promise that settles when it is lost. */
export interface Gpu {
  readonly device: GPUDevice;
  readonly lost: Promise<GPUDeviceLostInfo>;
}

/** Limits that onnxruntime's kernels may need; each is raised to the adapter's. */
const LIMITS = [
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxStorageBuffersPerShaderStage',
] as const;

const FEATURES = ['shader-f16', 'subgroups'] as const;

const REMEDY = 'Use a browser with WebGPU on https or localhost, choose device "wasm", or set fallback: true';

/** True where WebGPU runs on a GPU rather than in software. */
export async function hasGpu(): Promise<boolean> {
  const adapter = await globalThis.navigator?.gpu?.requestAdapter().catch(() => null);
  return adapter != null && !adapter.info.isFallbackAdapter;
}

/**
 * Asks the browser for a GPU device.
 * @throws {FaceXFormerError} `DEVICE_UNAVAILABLE`, saying what to do.
 */
export async function openGpu(): Promise<Gpu> {
  const { gpu } = globalThis.navigator ?? {};
  if (!gpu) throw unavailable('this browser or page has no WebGPU');
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) throw unavailable('the browser offers no GPU');
    const device = await adapter.requestDevice({
      requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
      requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
    });
    return { device, lost: device.lost };
  } catch (cause) {
    if (FaceXFormerError.isInstance(cause)) throw cause;
    throw unavailable((cause as Error).message, cause);
  }
}

function unavailable(reason: string, cause?: unknown): FaceXFormerError {
  return new FaceXFormerError(
    'DEVICE_UNAVAILABLE',
    `device "webgpu" is not available: ${reason}. ${REMEDY}`,
    { cause, details: { device: 'webgpu' } },
  );
}
