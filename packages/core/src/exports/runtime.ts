/** For authors of runtimes: the contract, the options and limits that runtimes share, and a session over anything shaped like onnxruntime. */
export {
  checkByteLength,
  checkPixelCount,
  type DecodeLimits,
  tooManyPixels,
  unknownImage,
} from '../image/decode-limits.js';
export { type DisposableSession, type OrtNative, ortSession } from '../runtime/ort-session.js';
export type { ModelBuilder } from '../runtime/runtime.js';
export {
  checkRuntimeOptions,
  type RuntimeOptions,
  type RuntimeSettings,
} from '../runtime/runtime-options.js';
