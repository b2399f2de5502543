/**
 * The contract between core and an execution engine.
 *
 * Core builds a graph, lowers it for a {@link Target} and hands ONNX bytes to a runtime; a runtime decodes
 * images, runs sessions, and says truthfully on which device they run. Nothing else is engine specific.
 */
import { FUNCTION, having, SIGNAL } from '../base/arguments.js';
import type { Signal } from '../base/signal.js';
import type { Tensor } from '../base/tensor.js';
import type { OnnxModel, Target } from '../graph/onnx/onnx-model.js';
import type { Size } from '../image/geometry.js';
import type { Pixels } from '../image/pixels.js';

/** What a runtime can hold of a model before it knows the target. */
export type ModelBuilder = (target: Target, options: { readonly external: boolean }) => Promise<OnnxModel>;

/** What every call that takes time accepts. */
export interface RunOptions {
  readonly signal?: Signal | undefined;
}

/** How a photo is decoded. */
export interface DecodeOptions extends RunOptions {
  /** So many pixels of its longer side are enough: a larger photo may be decoded smaller, if that takes less time. */
  readonly enough?: number | undefined;
}

/** A photo, perhaps smaller than it is. */
export interface DecodedPhoto extends Pixels {
  /** The photo's own size, where it was decoded smaller. */
  readonly reducedFrom?: Size | undefined;
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
  decode(image: Image | Pixels, options?: DecodeOptions): Promise<DecodedPhoto>;
  /** @throws {FaceXFormerError} `DEVICE_UNAVAILABLE`, `RUNTIME`. */
  open(model: ModelBuilder, options?: RunOptions): Promise<Session>;
}

/** Checks of arguments. */
export const RUN_OPTIONS = { signal: SIGNAL };
/** A {@link Runtime}, for `demand`. */
export const RUNTIME = having('a runtime such as nodeRuntime() or webRuntime()', {
  decode: FUNCTION,
  open: FUNCTION,
});
