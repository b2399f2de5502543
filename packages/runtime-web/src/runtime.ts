import { checkOptions, type WebRuntimeOptions } from './contract/options.js';
import type { WebRuntime } from './contract/web-runtime.js';
import { pageRuntime } from './page/page-runtime.js';

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
  if (!worker) return pageRuntime(settings, onDeviceLost);
  return later(async () => {
    const { workerRuntime } = await import('./worker/worker-runtime.js'); // pages without a worker do not load it
    return workerRuntime(worker, settings, onDeviceLost);
  });
}

/** A runtime whose code is loaded when it is first used. */
function later(load: () => Promise<WebRuntime>): WebRuntime {
  let loading: Promise<WebRuntime> | undefined;
  const runtime = (): Promise<WebRuntime> => {
    loading ??= load();
    return loading;
  };
  return {
    name: 'web',
    decode: async (image, options) => (await runtime()).decode(image, options),
    open: async (model, options) => (await runtime()).open(model, options),
  };
}
