import { FaceXFormerError, type Runtime, type Session } from '@facexformer/core';
import { exportOnnx, type Value } from '@facexformer/core/graph';

/** Opens a graph without stored parameters: training passes them as inputs. */
export const openGraph = (runtime: Runtime, outputs: Readonly<Record<string, Value>>): Promise<Session> =>
  runtime.open((target) =>
    exportOnnx({
      outputs,
      target,
      parameters: {
        read: (name) =>
          Promise.reject(new FaceXFormerError('MISSING_TENSOR', `a training graph stores no "${name}"`)),
      },
    }),
  );
