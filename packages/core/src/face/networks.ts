import type { Precision } from '../graph/lower/emitter.js';
import { exportOnnx, type ParameterSource } from '../graph/lower/export.js';
import type { Value } from '../graph/value.js';
import type { RunOptions, Runtime, Session } from '../runtime/runtime.js';
import type { Detector, DetectorFactory } from './detector.js';

/** What is opened on a runtime. */
export interface NetworkOptions extends RunOptions {
  readonly runtime: Runtime;
  /** What the session computes, by name. */
  readonly outputs: Readonly<Record<string, Value>>;
  readonly parameters: ParameterSource;
  readonly precision?: Precision | undefined;
  readonly detector?: DetectorFactory | undefined;
}

/** A network that is ready to run, and the detector beside it, if there is one. */
export interface Networks {
  readonly session: Session;
  readonly detector: Detector | undefined;
}

/**
 * Opens a graph and a detector on a runtime: both, or neither.
 * @throws {FaceXFormerError} `MISSING_TENSOR`, `BAD_TENSOR`, `DEVICE_UNAVAILABLE`, `RUNTIME`, `ABORTED`.
 */
export async function openNetworks(options: NetworkOptions): Promise<Networks> {
  const { runtime, outputs, parameters, precision = 'fp32', signal } = options;
  const session = await runtime.open(
    (target, { external }) => exportOnnx({ outputs, parameters, target, precision, external }),
    { signal },
  );
  try {
    return { session, detector: await options.detector?.(runtime) };
  } catch (error) {
    await session.dispose();
    throw error;
  }
}
