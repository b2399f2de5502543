/** The script of the worker threads that `nodeRuntime({ workers })` starts. */
import { serveRuntime } from './worker/serve-runtime.js';

serveRuntime();
