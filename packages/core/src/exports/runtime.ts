/**
 * For authors of runtimes: the contract, the options and limits that runtimes share, a session over anything shaped like
 * onnxruntime, and the two ends of a runtime that works in workers.
 */
export type {
  PhotoOutcome,
  PhotoRequest,
  Pipeline,
  PipelineParts,
  PipelineRuntime,
} from '../analyzer/pipeline.js';
export { asyncDispose } from '../base/dispose.js';
export type { DetectorRecipe } from '../face/detector.js';
export {
  checkByteLength,
  checkPixelCount,
  type DecodeLimits,
  tooManyPixels,
  unknownImage,
} from '../image/decode-limits.js';
export { type PortableImage, type RemotePipelineOptions, remotePipeline } from '../remote/remote-pipeline.js';
export { remoteSession } from '../remote/remote-session.js';
export {
  type Place,
  type RemoteWorker,
  type Resource,
  type RunningWorker,
  remoteWorker,
  type StartWorker,
} from '../remote/remote-worker.js';
export { type Answer, connect, type Handlers, type Peer, type Port, type Transfer } from '../remote/rpc.js';
export { servePipelines, serveSessions } from '../remote/serve.js';
export { type DisposableSession, type OrtNative, ortSession } from '../runtime/ort-session.js';
export type { DecodedPhoto, DecodeOptions, ModelBuilder } from '../runtime/runtime.js';
export {
  checkRuntimeOptions,
  type RuntimeOptions,
  type RuntimeSettings,
} from '../runtime/runtime-options.js';
