import { openPipeline, type Pipeline } from '../analyzer/pipeline.js';
import type { StageListener } from '../analyzer/stages.js';
import { FaceXFormerError } from '../base/errors.js';
import type { DetectorFactory, DetectorRecipe } from '../face/detector.js';
import type { RawOutputs } from '../face/face.js';
import type { OnnxModel } from '../graph/onnx/onnx-model.js';
import type { ModelBuilder, Runtime, Session } from '../runtime/runtime.js';
import type {
  BuildCall,
  NumberCall,
  OpenCall,
  Opened,
  PhotoAnswer,
  PhotoCall,
  PipelineCall,
  Ran,
  RunCall,
  StageCall,
} from './protocol.js';
import type { Handlers, Peer } from './rpc.js';

/** The model that the other end builds. */
const remoteModel =
  (peer: Peer, id: number): ModelBuilder =>
  (target, { external }) =>
    peer.call('build', { id, target, external } satisfies BuildCall) as Promise<OnnxModel>;

/** What was opened under numbers. */
function registry<Value extends { dispose(): Promise<void> }>(what: string) {
  const opened = new Map<number, Value>();
  return {
    add: (id: number, value: Value) => opened.set(id, value),
    get(id: number): Value {
      const value = opened.get(id);
      if (!value) throw new FaceXFormerError('DISPOSED', `this ${what} has been disposed of`);
      return value;
    },
    async dispose({ id }: NumberCall) {
      await opened.get(id)?.dispose();
      opened.delete(id);
      return { value: undefined };
    },
  };
}

/**
 * Answers the calls of `remoteSession`.
 * @param peer the end that calls; known once it is connected
 */
export function serveSessions<Settings>(
  runtimeOf: (settings: Settings) => Runtime,
  peer: () => Peer,
): Handlers {
  const sessions = registry<Session>('session');
  return {
    async open({ id, settings }: OpenCall<Settings>, run) {
      const session = await runtimeOf(settings).open(remoteModel(peer(), id), run);
      sessions.add(id, session);
      const { inputs, outputs, device } = session;
      return { value: { inputs, outputs, device } satisfies Opened };
    },
    async run({ id, feeds }: RunCall, run) {
      const session = sessions.get(id);
      const outputs = await session.run(feeds, run);
      return {
        value: { outputs, device: session.device } satisfies Ran,
        transfer: Object.values(outputs).map(({ data }) => data.buffer),
      };
    },
    dispose: sessions.dispose,
  };
}

/**
 * Answers the calls of `remotePipeline`.
 * @param detectorOf makes a detector's factory of its recipe
 * @param peer the end that calls; known once it is connected
 */
export function servePipelines<Image, Settings>(
  runtimeOf: (settings: Settings) => Runtime<Image>,
  detectorOf: (recipe: DetectorRecipe) => Promise<DetectorFactory>,
  peer: () => Peer,
): Handlers {
  const pipelines = registry<Pipeline<Image>>('analyzer');
  return {
    async openPipeline({ id, settings, config, outputs, detector, watched }: PipelineCall<Settings>, run) {
      const parts = {
        ...(watched && { onStage: remoteListener(peer(), id) }),
        config,
        outputs,
        model: remoteModel(peer(), id),
        detector: detector && (await detectorOf(detector)),
      };
      const pipeline = await openPipeline(runtimeOf(settings), parts, run);
      pipelines.add(id, pipeline);
      return { value: pipeline.device };
    },
    async photo({ id, image, ...request }: PhotoCall<Image>, run) {
      const pipeline = pipelines.get(id);
      const { size, pixels, faces, raw } = await pipeline.run(image, { ...request, ...run });
      const wanted = raw.map((outputs) => ownOutputs(outputs, request.outputs));
      const tensors = wanted.flatMap((outputs) => Object.values(outputs));
      return {
        value: { size, pixels, faces, raw: wanted, device: pipeline.device } satisfies PhotoAnswer,
        transfer: [...(pixels ? [pixels.data.buffer] : []), ...tensors.map(({ data }) => data.buffer)],
      };
    },
    async warmUp({ id }: NumberCall, run) {
      await pipelines.get(id).warmUp(run);
      return { value: undefined };
    },
    disposePipeline: pipelines.dispose,
  };
}

/** Tells the other end of stages. */
function remoteListener(peer: Peer, id: number): StageListener {
  let last = 0;
  const tell = (call: StageCall): void => {
    peer.call('stage', call).catch(() => undefined);
  };
  return (stage, count) => {
    last += 1;
    const key = last;
    tell({ id, key, begins: { stage, count } });
    return () => tell({ id, key });
  };
}

/** These outputs with memory of their own: rows of a batch share the batch's. */
const ownOutputs = (raw: RawOutputs, names: readonly string[]): RawOutputs =>
  Object.fromEntries(
    names.map((name) => {
      const { dims, data } = raw[name]!;
      return [name, { dims, data: data.slice() }];
    }),
  );
