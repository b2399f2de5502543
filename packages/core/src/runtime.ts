/**
 * The contract between core and an execution engine.
 *
 * Core builds a graph, lowers it for a {@link Target} and hands ONNX bytes to a runtime; a runtime decodes
 * images, runs sessions, and says truthfully on which device they run. Nothing else is engine specific.
 */
import type { Pixels } from './image/pixels.js';
import type { Tensor } from './tensor.js';

/** Which operators the ONNX file may use. `portable` is standard ONNX only. */
export type Target = 'portable' | 'cpu' | 'cuda' | 'webgpu' | 'wasm';

/** An ONNX model, with the weights inside it or in one file beside it. */
export interface OnnxModel {
  readonly bytes: Uint8Array;
  /**
   * Whether the engine should still look for faster forms: of convolutions (memory layout) and int8 products (fusion).
   * Other graphs are lowered to their final form, and looking only delays the start. Default true.
   */
  readonly optimize?: boolean;
  /** Absolute path of the file that `bytes` refers to for its weights, if it does. */
  readonly externalFile?: string;
}

/** What a runtime can hold of a model before it knows the target. */
export type ModelBuilder = (target: Target, options: { readonly external: boolean }) => Promise<OnnxModel>;

/** The part of an AbortSignal that core needs; core itself is compiled without the DOM. */
export interface Signal {
  readonly aborted: boolean;
  readonly reason?: unknown;
}

/** What every call that takes time accepts. */
export interface RunOptions {
  readonly signal?: Signal | undefined;
}

/** A loaded model. */
export interface Session {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** The device that really runs it, such as `cpu`, `cuda`, `webgpu`, `wasm`. */
  readonly device: string;
  /** @throws {FaceXFormerError} `BAD_TENSOR`, `DISPOSED`, `ABORTED`, `RUNTIME`. */
  run(
    feeds: Readonly<Record<string, Tensor>>,
    options?: RunOptions,
  ): Promise<Readonly<Record<string, Tensor>>>;
  /** Releases the model; a second call does nothing. */
  dispose(): Promise<void>;
}

/** Anything that executes models; `Image` is what its `decode` takes. */
export interface Runtime<in Image = never> {
  readonly name: string;
  /** @throws {FaceXFormerError} `BAD_IMAGE`, `NOT_FOUND`, `ABORTED`. */
  decode(image: Image | Pixels, options?: RunOptions): Promise<Pixels>;
  /** @throws {FaceXFormerError} `DEVICE_UNAVAILABLE`, `RUNTIME`. */
  open(model: ModelBuilder, options?: RunOptions): Promise<Session>;
}
