/** FaceXFormer over HTTP. */
export type { PhotoAnswer } from './analyze-photo.js';
export type { CallErrorCode } from './call-error.js';
export type { CallLimits } from './call-limits.js';
export { faceRoutes } from './face-routes.js';
export { type ServerMetrics, serverMetrics } from './metrics.js';
export type { FaceRoutesOptions, PhotoAnalyzer } from './options.js';
export { createServer, type FaceServer, type FaceServerOptions, type ListenOptions } from './server.js';
