export type { NodeImage } from './decode-image.js';
export { fileSource } from './file-source.js';
export type { NodeDevice, NodeRuntimeOptions } from './options.js';
export type { EncodedImage } from './read-image.js';
export { type OverlayOptions, renderOverlay } from './render-overlay.js';
export { type NodeRuntime, nodeRuntime } from './runtime.js';
