export { blobSource } from './blob-source.js';
export type { WebImage } from './decode-image.js';
export type { DeviceLost } from './device-lost.js';
export type { DownloadProgress } from './download.js';
export type { WebDevice, WebRuntimeOptions } from './options.js';
export type { BrowserImage } from './picture.js';
export { type WebRuntime, webRuntime } from './runtime.js';
export { modelCache, type UrlSourceOptions, urlSource } from './url-source.js';
export { serveRuntime } from './worker/serve-runtime.js';
