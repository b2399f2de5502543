/** For authors of runtimes: the contract, and a session over anything shaped like onnxruntime. */
export { type DisposableSession, type OrtNative, ortSession } from '../runtime/ort-session.js';
export type { ModelBuilder } from '../runtime/runtime.js';
