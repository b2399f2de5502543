import type { StageListener } from '../analyzer/stages.js';
import { FaceXFormerError } from '../base/errors.js';
import type { ModelBuilder, RunOptions } from '../runtime/runtime.js';
import type { BuildCall, StageCall } from './protocol.js';
import type { Handlers, Peer } from './rpc.js';

/** A worker that runs. */
export interface RunningWorker {
  readonly peer: Peer;
  /** Ends it at once, whatever it does. */
  terminate(): void;
  /** Says whether calls are running, for platforms where an idle worker must not keep the process alive. */
  hold?(isBusy: boolean): void;
}

/**
 * Starts a worker that answers by `serveSessions` and `servePipelines`.
 * @param handlers what the worker may ask of this thread
 * @param onEnd to be called with the reason when the worker ends by itself
 */
export type StartWorker = (handlers: Handlers, onEnd: (reason: FaceXFormerError) => void) => RunningWorker;

/** What is opened in a worker, and opened again in the next after a crash. */
export interface Resource<Opened> {
  readonly model: ModelBuilder;
  readonly onStage?: StageListener | undefined;
  /** Opens it under a number. @throws {FaceXFormerError} what the worker says. */
  open(peer: Peer, id: number, run: RunOptions): Promise<Opened>;
  /** The method that frees it. */
  readonly close: string;
}

/** A resource in a worker. */
export interface Place<Opened> {
  /** Opens it; closed again where that fails. @throws {FaceXFormerError} what opening it throws, `ABORTED`. */
  open(run: RunOptions): Promise<Opened>;
  /** Calls the worker about it. @throws {FaceXFormerError} `DISPOSED`, `CRASHED`, what the call throws. */
  use<Result>(work: (peer: Peer, id: number) => Promise<Result>): Promise<Result>;
  /** Frees it; a second call does nothing. */
  close(): Promise<void>;
}

/** A worker that is started when it is first needed, and again after a crash; it ends with its last user. */
export interface RemoteWorker {
  /** How many calls are running. */
  readonly running: number;
  /** Calls the worker. @throws {FaceXFormerError} `CRASHED`, what the call throws. */
  use<Result>(work: (peer: Peer) => Promise<Result>): Promise<Result>;
  /** A place for a resource, which is opened with its first use. */
  place<Opened>(resource: Resource<Opened>): Place<Opened>;
}

interface Connection {
  readonly worker: RunningWorker;
  /** What is open in it, by number. */
  readonly opened: Map<number, Promise<unknown>>;
  /** What to call when stages end. */
  readonly stages: Map<number, () => void>;
}

/** See {@link RemoteWorker}. */
export function remoteWorker(start: StartWorker): RemoteWorker {
  const resources = new Map<number, Resource<unknown>>();
  let connection: Connection | undefined;
  let running = 0;
  let last = 0;

  const end = (ended: Connection, reason: FaceXFormerError): void => {
    if (connection === ended) connection = undefined;
    ended.worker.peer.fail(reason);
    for (const endStage of ended.stages.values()) endStage();
    ended.worker.terminate();
  };
  const connected = (): Connection => {
    if (connection) return connection;
    const stages = new Map<number, () => void>();
    const handlers: Handlers = {
      async build({ id, target, external }: BuildCall) {
        return { value: await resources.get(id)!.model(target, { external }) };
      },
      async stage({ id, key, begins }: StageCall) {
        const onStage = resources.get(id)?.onStage;
        if (begins && onStage) stages.set(key, onStage(begins.stage, begins.count));
        else stages.get(key)?.();
        if (!begins) stages.delete(key);
        return { value: undefined };
      },
    };
    const worker = start(handlers, (reason) => end(started, reason));
    const started: Connection = { worker, opened: new Map(), stages };
    connection = started;
    return started;
  };
  const use = async <Result>(work: (now: Connection) => Promise<Result>): Promise<Result> => {
    const now = connected();
    running += 1;
    now.worker.hold?.(true);
    try {
      return await work(now);
    } finally {
      running -= 1;
      if (running === 0) {
        connection?.worker.hold?.(false);
        if (resources.size === 0) leave();
      }
    }
  };
  const leave = (): void => {
    if (connection) end(connection, new FaceXFormerError('DISPOSED', 'the worker has ended'));
  };

  return {
    get running() {
      return running;
    },
    use: (work) => use(({ worker }) => work(worker.peer)),
    place<Opened>(resource: Resource<Opened>): Place<Opened> {
      last += 1;
      const id = last;
      resources.set(id, resource);
      const ensure = async ({ opened, worker }: Connection, run: RunOptions): Promise<Opened> => {
        if (!resources.has(id)) throw new FaceXFormerError('DISPOSED', 'this has been disposed of');
        const opening =
          (opened.get(id) as Promise<Opened> | undefined) ?? resource.open(worker.peer, id, run);
        opened.set(id, opening);
        return opening.catch((error: unknown) => {
          opened.delete(id); // the next call tries again
          throw error;
        });
      };
      const place: Place<Opened> = {
        open: (run) =>
          use((now) => ensure(now, run)).catch(async (error: unknown) => {
            await place.close();
            throw error;
          }),
        use: (work) =>
          use(async (now) => {
            await ensure(now, {});
            return work(now.worker.peer, id);
          }),
        async close() {
          if (!resources.delete(id)) return;
          if (connection?.opened.delete(id)) {
            await use(({ worker }) => worker.peer.call(resource.close, { id })).catch(() => undefined);
          }
          if (resources.size === 0 && running === 0) leave();
        },
      };
      return place;
    },
  };
}
