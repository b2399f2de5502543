export type { NodeImage } from './decode-image.js';
export { fileSource } from './file-source.js';
export type { NodeRuntime } from './node-runtime.js';
export type { NodeDevice, NodeRuntimeOptions } from './options.js';
export type { EncodedImage } from './read-image.js';
export { type OverlayOptions, renderOverlay } from './render-overlay.js';
export { nodeRuntime } from './runtime.js';
export { serveRuntime } from './worker/serve-runtime.js';
