import { asyncDispose } from '../base/dispose.js';
import { FaceXFormerError, throwIfAborted } from '../base/errors.js';
import { isFloat32, type Tensor } from '../base/tensor.js';
import { checkFeeds, type InputMetadata } from './feeds.js';
import type { Session } from './runtime.js';

/** What a session of onnxruntime looks like, whichever of its packages made it. */
export interface OrtNative<OrtTensor> {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly inputMetadata: readonly InputMetadata[];
  /** Computes all outputs. */
  run(
    feeds: Readonly<Record<string, OrtTensor>>,
  ): Promise<Readonly<Record<string, { readonly dims: readonly number[]; readonly data: unknown }>>>;
  /** Frees the model. */
  release(): Promise<void>;
}

/** A {@link Session} that `await using` disposes of. */
export interface DisposableSession extends Session {
  /** The same as `dispose`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Makes a {@link Session} of a session of onnxruntime: checks what goes in, waits for running work before it frees.
 * @param tensorOf wraps float32 values as that onnxruntime's tensor
 */
export function ortSession<OrtTensor>(
  native: OrtNative<OrtTensor>,
  device: string,
  tensorOf: (data: Float32Array, dims: readonly number[]) => OrtTensor,
): DisposableSession {
  const running = new Set<Promise<unknown>>();
  let disposing: Promise<void> | undefined;

  const dispose = (): Promise<void> => {
    disposing ??= Promise.allSettled(running).then(() => native.release());
    return disposing;
  };
  return {
    inputs: native.inputNames,
    outputs: native.outputNames,
    device,
    async run(feeds, { signal } = {}) {
      if (disposing)
        throw new FaceXFormerError('DISPOSED', 'this session has been disposed of: open another one');
      throwIfAborted(signal);
      checkFeeds(feeds, native.inputMetadata);
      const work = execute(native, feeds, tensorOf);
      running.add(work);
      try {
        return await work;
      } finally {
        running.delete(work);
        throwIfAborted(signal);
      }
    },
    dispose,
    [asyncDispose]: dispose,
  };
}

async function execute<OrtTensor>(
  native: OrtNative<OrtTensor>,
  feeds: Readonly<Record<string, Tensor>>,
  tensorOf: (data: Float32Array, dims: readonly number[]) => OrtTensor,
): Promise<Record<string, Tensor>> {
  const inputs = Object.entries(feeds).map(([name, { dims, data }]) => [name, tensorOf(data, dims)] as const);
  const results = await native.run(Object.fromEntries(inputs)).catch((cause: Error) => {
    throw new FaceXFormerError('RUNTIME', `onnxruntime failed to run the model: ${cause.message}`, { cause });
  });
  const outputs = Object.entries(results).map(([name, { dims, data }]) => {
    if (!isFloat32(data)) {
      throw new FaceXFormerError('UNSUPPORTED', `output "${name}" is not float32`);
    }
    return [name, { dims, data }] as const;
  });
  return Object.fromEntries(outputs);
}
