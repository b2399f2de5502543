import { sizeOf } from '../base/tensor.js';
import { type LocateOptions, locateFaces } from '../face/crops.js';
import type { Detector, DetectorFactory } from '../face/detector.js';
import type { Face, RawOutputs } from '../face/face.js';
import { openNetworks } from '../face/networks.js';
import type { Size } from '../image/geometry.js';
import type { Pixels } from '../image/pixels.js';
import { IMAGE_INPUT } from '../model/build.js';
import type { ModelConfig } from '../model/config.js';
import { guardedRuntime } from '../runtime/guarded-runtime.js';
import type { ModelBuilder, RunOptions, Runtime } from '../runtime/runtime.js';
import { createBatcher } from './batcher.js';
import { type StageListener, watched } from './stages.js';

/** Photos in memory at the same time: enough to fill a batch while others are decoded. */
export const AHEAD = 8;

/** What a pipeline is made of. */
export interface PipelineParts {
  readonly config: ModelConfig;
  readonly model: ModelBuilder;
  /** Names of all the model's outputs. */
  readonly outputs: readonly string[];
  /** Without one, the whole photo is taken as one face's crop. */
  readonly detector?: DetectorFactory | undefined;
  readonly onStage?: StageListener | undefined;
}

/** What is wanted of a photo. */
export interface PhotoRequest extends LocateOptions {
  /** Those of the model's outputs that are needed; without any, the network does not run. */
  readonly outputs: readonly string[];
  /** Chooses the faces to run out of those found. */
  readonly choose?: ((faces: readonly Face[], pixels: Pixels) => readonly Face[]) | undefined;
  /** Whether the photo's pixels are needed too. */
  readonly pixels?: boolean | undefined;
}

/** A photo that has gone through the network. */
export interface PhotoOutcome {
  /** Of the photo. */
  readonly size: Size;
  /** There, if they were asked for. */
  readonly pixels: Pixels | undefined;
  readonly faces: readonly Face[];
  /** The outputs for each of these faces; there may be more than those asked for. */
  readonly raw: readonly RawOutputs[];
}

/** The way of a photo to the raw outputs of its faces. */
export interface Pipeline<in Image> {
  /** The device that really runs the network. */
  readonly device: string;
  /** How many photos at the same time keep it busy. */
  readonly ahead: number;
  /** The detector alone, for streams. */
  readonly detector: Detector | undefined;
  /**
   * Decodes a photo, finds its faces and runs them through the network.
   * @throws {FaceXFormerError} `BAD_IMAGE`, `NOT_FOUND`, `BAD_OPTION` (a box), `BUSY`, `CRASHED`, `ABORTED`, `DISPOSED`,
   * `RUNTIME`.
   */
  run(image: Image | Pixels, request: PhotoRequest): Promise<PhotoOutcome>;
  /** Runs the network once on a blank picture. @throws {FaceXFormerError} `ABORTED`, `DISPOSED`, `RUNTIME`. */
  warmUp(options: RunOptions): Promise<void>;
  /** Waits for a turn of the thread in which there is time to decode one face. */
  turn(): Promise<void>;
  /** Releases the network and the detector. */
  dispose(): Promise<void>;
}

/** A runtime that takes the whole way of a photo into its own hands, such as one with worker threads. */
export interface PipelineRuntime<in Image = never> extends Runtime<Image> {
  /** @throws as `open`, and what the detector's factory throws. */
  openPipeline(parts: PipelineParts, options?: RunOptions): Promise<Pipeline<Image>>;
}

/**
 * Opens the way of a photo: the runtime's own, or one in this thread.
 * @throws {FaceXFormerError} `MISSING_TENSOR`, `BAD_TENSOR`, `DEVICE_UNAVAILABLE`, `RUNTIME`, `ABORTED`.
 */
export async function openPipeline<Image>(
  runtime: Runtime<Image> | PipelineRuntime<Image>,
  parts: PipelineParts,
  options: RunOptions,
): Promise<Pipeline<Image>> {
  if ('openPipeline' in runtime) return runtime.openPipeline(parts, options);
  const { config, outputs, onStage } = parts;
  const { session, detector: found } = await openNetworks({ ...parts, ...options, runtime });
  const detector: Detector | undefined = found && {
    enough: found.enough,
    detect: (pixels, run) => watched(onStage, 'detect', 1, () => found.detect(pixels, run)),
    dispose: () => found.dispose(),
  };
  const { decode } = guardedRuntime(runtime);
  const network = createBatcher(session, outputs, config, onStage);
  return {
    get device() {
      return session.device;
    },
    ahead: AHEAD,
    detector,
    async run(image, { outputs: wanted, choose, pixels: kept, signal, ...where }) {
      const load = (enough?: number) =>
        watched(onStage, 'decode', 1, () => decode(image, { signal, enough }));
      const run = (pixels: Pixels, faces: readonly Face[]) =>
        network.run(pixels, wanted.length > 0 ? faces.map(({ crop }) => crop) : [], { signal });
      const { faces: known, crops, boxes, detect } = where;
      const isWhole = kept || choose || known || crops || boxes || detect === false;
      const pixels = await load(isWhole ? undefined : detector?.enough);
      const located = await locateFaces(pixels, config.crop, detector, { ...where, signal });
      if (pixels.reducedFrom) {
        const { finishReduced } = await import('./reduced-photo.js'); // browsers decode photos whole
        return finishReduced(pixels, located, { input: config.input, whole: load, run });
      }
      const faces = choose?.(located, pixels) ?? located;
      const { width, height } = pixels;
      const size = { width, height };
      return { size, pixels: kept ? pixels : undefined, faces, raw: await run(pixels, faces) };
    },
    async warmUp(run) {
      const dims = [1, 3, config.input.height, config.input.width];
      await session.run({ [IMAGE_INPUT]: { dims, data: new Float32Array(sizeOf(dims)) } }, run);
    },
    turn: async () => undefined,
    async dispose() {
      await Promise.all([session.dispose(), detector?.dispose()]);
    },
  };
}
