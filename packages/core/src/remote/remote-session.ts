import { asyncDispose } from '../base/dispose.js';
import { FaceXFormerError } from '../base/errors.js';
import type { DisposableSession } from '../runtime/ort-session.js';
import type { ModelBuilder, RunOptions } from '../runtime/runtime.js';
import type { OpenCall, Opened, Ran, RunCall } from './protocol.js';
import type { RemoteWorker } from './remote-worker.js';

/** Opens a session in a worker. @throws as `open` of a runtime; its `run` also `CRASHED`. */
export async function remoteSession<Settings>(
  worker: RemoteWorker,
  settings: Settings,
  model: ModelBuilder,
  { signal }: RunOptions,
): Promise<DisposableSession> {
  const place = worker.place<Opened>({
    model,
    open: async (peer, id, run) =>
      (await peer.call('open', { id, settings } satisfies OpenCall<Settings>, run)) as Opened,
    close: 'dispose',
  });
  const { inputs, outputs, device: first } = await place.open({ signal });
  let device = first;
  const running = new Set<Promise<unknown>>();
  let disposing: Promise<void> | undefined;
  const dispose = (): Promise<void> => {
    disposing ??= Promise.allSettled(running).then(() => place.close());
    return disposing;
  };
  return {
    inputs,
    outputs,
    get device() {
      return device;
    },
    async run(feeds, run = {}) {
      if (disposing)
        throw new FaceXFormerError('DISPOSED', 'this session has been disposed of: open another one');
      const work = place.use((peer, id) => peer.call('run', { id, feeds } satisfies RunCall, run));
      running.add(work);
      const ran = (await work.finally(() => running.delete(work))) as Ran;
      device = ran.device;
      return ran.outputs;
    },
    dispose,
    [asyncDispose]: dispose,
  };
}
