import { checkOptions, type WebRuntimeOptions } from './contract/options.js';
import type { WebRuntime } from './contract/web-runtime.js';
import { pageRuntime } from './page/page-runtime.js';
import { workerRuntime } from './worker/worker-runtime.js';

/**
 * Runs models with onnxruntime-web and decodes photos with the browser, in the page or in a worker of yours. Nothing is
 * loaded before the first `open`; each session's `device` is the one that really runs it.
 *
 * When a GPU device is lost, running and later calls continue on a new device, and after a second loss in WebAssembly.
 * @throws {FaceXFormerError} `BAD_OPTION`.
 */
export function webRuntime(options: WebRuntimeOptions = {}): WebRuntime {
  const settings = checkOptions(options);
  const { onDeviceLost = () => undefined, worker } = options;
  return worker ? workerRuntime(worker, settings, onDeviceLost) : pageRuntime(settings, onDeviceLost);
}
