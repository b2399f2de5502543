import type { Precision } from '../graph/lower/emitter.js';
import { exportOnnx } from '../graph/lower/export.js';
import type { ParameterSource } from '../graph/lower/parameter-source.js';
import type { Value } from '../graph/value.js';
import { guardedRuntime } from '../runtime/guarded-runtime.js';
import type { ModelBuilder, RunOptions, Runtime, Session } from '../runtime/runtime.js';
import type { Detector, DetectorFactory } from './detector.js';
import { openDetector } from './guarded-detector.js';

/** A network before it is lowered for a device. */
export interface Network {
  /** What a session computes, by name. */
  readonly outputs: Readonly<Record<string, Value>>;
  readonly parameters: ParameterSource;
  /** By default as the weights are stored. */
  readonly precision?: Precision | undefined;
}

/** What is opened on a runtime. */
export interface NetworkOptions extends RunOptions {
  readonly runtime: Runtime;
  readonly model: ModelBuilder;
  readonly detector?: DetectorFactory | undefined;
}

/** A network that is ready to run, and the detector beside it, if there is one. */
export interface Networks {
  readonly session: Session;
  readonly detector: Detector | undefined;
}

/** Lowers a network for the device that a runtime names. */
export const modelBuilder =
  ({ outputs, parameters, precision }: Network): ModelBuilder =>
  (target, { external }) =>
    exportOnnx({ outputs, parameters, target, precision, external });

/**
 * Opens a network and a detector on a runtime: both, or neither.
 * @throws {FaceXFormerError} `MISSING_TENSOR`, `BAD_TENSOR`, `DEVICE_UNAVAILABLE`, `RUNTIME`, `ABORTED`.
 */
export async function openNetworks({ runtime, model, detector, signal }: NetworkOptions): Promise<Networks> {
  const session = await guardedRuntime(runtime).open(model, { signal });
  try {
    return { session, detector: detector && (await openDetector(detector, runtime)) };
  } catch (error) {
    await session.dispose();
    throw error;
  }
}
