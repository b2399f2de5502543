import { FaceXFormerError, type RunOptions, type Runtime, type Session } from '@facexformer/core';
import { exportOnnx, type ParameterSource, type Value } from '@facexformer/core/graph';

/** A graph without stored parameters: training passes them as inputs. */
const NO_PARAMETERS: ParameterSource = {
  read: (name) =>
    Promise.reject(new FaceXFormerError('MISSING_TENSOR', `a training graph stores no "${name}"`)),
};

/**
 * Opens a graph.
 * @param parameters those that the graph stores; none by default
 * @throws {FaceXFormerError} `DEVICE_UNAVAILABLE`, `RUNTIME`, `ABORTED`.
 */
export const openGraph = (
  runtime: Runtime,
  outputs: Readonly<Record<string, Value>>,
  parameters = NO_PARAMETERS,
  run?: RunOptions,
): Promise<Session> =>
  runtime.open((target, { external }) => exportOnnx({ outputs, parameters, target, external }), run);
