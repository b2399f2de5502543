import { FaceXFormerError } from '../base/errors.js';
import { sizeOf, stack, type Tensor } from '../base/tensor.js';
import type { Checkpoint, Provenance } from '../checkpoint/checkpoint.js';
import { type LocateOptions, locateFaces } from '../face/crops.js';
import { decodeFace } from '../face/decode-face.js';
import type { DetectorFactory } from '../face/detector.js';
import { type Drawing, drawFace } from '../face/draw-face.js';
import type { AnalyzedFace, AnalyzeOptions, Face, RawOutputs } from '../face/face.js';
import { type Networks, openNetworks } from '../face/networks.js';
import type { Precision } from '../graph/lower/emitter.js';
import type { Pixels } from '../image/pixels.js';
import { IMAGE_INPUT } from '../model/build.js';
import type { ModelConfig } from '../model/config.js';
import { assembleModel } from '../plugin/assemble-model.js';
import type { RunOptions, Runtime } from '../runtime/runtime.js';
import type { StreamFrame, StreamOptions, StreamSource } from '../stream/frame.js';
import { streamFaces } from '../stream/stream.js';
import { chooseTasks } from '../task/choose-tasks.js';
import type { Distinct } from '../task/results.js';
import type { Task } from '../task/task.js';
import { createBatcher } from './batcher.js';
import { type ExplainedFace, type Explainer, openExplainer } from './explain.js';
import {
  type AnalyzeManyOptions,
  analyzePhotos,
  type PhotoItem,
  type PhotoResult,
  type PhotoSource,
  photoOf,
} from './many.js';

/** What an analyzer is made of. */
export interface AnalyzerOptions<Image, Tasks extends readonly Task[]> extends RunOptions {
  readonly runtime: Runtime<Image>;
  /** Closed with the analyzer, and when it cannot be created. */
  readonly checkpoint: Checkpoint;
  /** The order does not matter; a name twice is a compile error. Tasks that the model lacks come as `plugin(task, weights)`. */
  readonly tasks: Tasks & Distinct<Tasks>;
  /** Without one, the whole photo is taken as one face's crop. */
  readonly detector?: DetectorFactory;
  readonly precision?: Precision;
}

/** Answers every registered question about each face of a photo, in one pass of one network. */
export interface Analyzer<Image, Tasks extends readonly Task[]> {
  /** The device that really runs the network; another one after a GPU was lost. */
  readonly device: string;
  /** Name, licence and training state of the weights. */
  readonly provenance: Provenance;
  readonly config: ModelConfig;
  /**
   * Decodes a photo, finds its faces and analyses them; no face is an empty list.
   * @throws {FaceXFormerError} `BAD_IMAGE`, `NOT_FOUND`, `BAD_OPTION` (a box), `UNKNOWN_TASK`, `BUSY`, `ABORTED`,
   * `DISPOSED`, `RUNTIME`.
   */
  analyze<Only extends Tasks[number]['name'] = Tasks[number]['name']>(
    image: Image | Pixels,
    options?: AnalyzeOptions<Only>,
  ): Promise<readonly (Face & Pick<AnalyzedFace<Tasks>, Only>)[]>;
  /**
   * The same, together with the heads' raw outputs [faces, ...] by task name, before any decoding.
   * @throws as {@link Analyzer.analyze}.
   */
  analyzeRaw(
    image: Image | Pixels,
    options?: AnalyzeOptions,
  ): Promise<{
    readonly faces: readonly AnalyzedFace<Tasks>[];
    readonly raw: Readonly<Record<string, Tensor>>;
  }>;
  /**
   * Analyses photos one after the other in the order of their source: some are decoded ahead while the network works,
   * and their faces share its batches. A photo that cannot be read costs its own result only. Leaving the loop closes
   * the source.
   * @throws {FaceXFormerError} `BAD_OPTION`, `UNKNOWN_TASK`, `ABORTED`, `DISPOSED`, `RUNTIME`; whatever the source throws.
   */
  analyzeMany<
    Item extends Image | Pixels | PhotoItem<Image>,
    Only extends Tasks[number]['name'] = Tasks[number]['name'],
  >(
    photos: PhotoSource<Item>,
    options?: AnalyzeManyOptions<Only, Item>,
  ): AsyncGenerator<PhotoResult<Item, Face & Pick<AnalyzedFace<Tasks>, Only>>, void, undefined>;
  /**
   * Analyses the frames of a video, camera or list one after the other and keeps their faces apart. Leaving the loop
   * closes the source; the analyzer stays open.
   * @throws {FaceXFormerError} `BAD_OPTION`, `UNKNOWN_TASK`, `ABORTED`, `DISPOSED`, `RUNTIME`; whatever the source throws.
   */
  stream<Only extends Tasks[number]['name'] = Tasks[number]['name']>(
    source: StreamSource<Image>,
    options?: StreamOptions<Only>,
  ): AsyncGenerator<StreamFrame<Face & Pick<AnalyzedFace<Tasks>, Only>>, void, undefined>;
  /**
   * Where the tokens of each task looked, for `drawAttention`. The first call opens the network once more, with its
   * attention as outputs; without one, nothing of this exists.
   * @throws as {@link Analyzer.analyze}.
   */
  explain<Only extends Tasks[number]['name'] = Tasks[number]['name']>(
    image: Image | Pixels,
    options?: AnalyzeOptions<Only>,
  ): Promise<readonly ExplainedFace<Only>[]>;
  /**
   * Runs the network once on a blank picture, so that the first photo does not pay for what an engine sets up late.
   * @throws {FaceXFormerError} `ABORTED`, `DISPOSED`, `RUNTIME`.
   */
  warmUp(options?: RunOptions): Promise<void>;
  /** What the tasks have to draw over the photo for each of these faces. */
  draw(faces: readonly Face[]): readonly Drawing[];
  /** Releases the network, the detector and the checkpoint; a second call does nothing. */
  dispose(): Promise<void>;
  /** The same as `dispose`. */
  [Symbol.asyncDispose](): Promise<void>;
}

const UNTRAINED = 'UNTRAINED WEIGHTS: these results are random and mean nothing';

/**
 * Builds the graph of the checkpoint with the heads of `tasks`, and opens it on the runtime.
 * @throws {FaceXFormerError} `UNKNOWN_TASK` when the checkpoint has no weights for a task, `DUPLICATE_TASK`,
 * `WRONG_BASE`, `MISSING_TENSOR`, `BAD_TENSOR`, `DEVICE_UNAVAILABLE`, `RUNTIME`, `ABORTED`.
 */
export async function createAnalyzer<Image, const Tasks extends readonly Task[]>(
  options: AnalyzerOptions<Image, Tasks>,
): Promise<Analyzer<Image, Tasks>> {
  const { runtime, checkpoint, precision } = options;
  const tasks: readonly Task[] = options.tasks;
  const { model: config, provenance, vocabularies } = checkpoint.info;
  const open = async (): Promise<Networks> =>
    openNetworks({ ...options, ...assembleModel(checkpoint, tasks) });
  const { session, detector } = await open().catch(async (error: unknown) => {
    await checkpoint.close();
    throw error;
  });
  const names = tasks.map(({ name }) => name);
  const network = createBatcher(session, names, config);
  const warning = provenance.trained ? {} : { warning: UNTRAINED };
  let disposed = false;
  const requireOpen = (): void => {
    if (disposed) throw new FaceXFormerError('DISPOSED', 'the analyzer was disposed');
  };

  const decode = (image: Image | Pixels, { signal }: RunOptions): Promise<Pixels> => {
    requireOpen();
    return runtime.decode(image, { signal });
  };
  const locate = (pixels: Pixels, where: LocateOptions): Promise<readonly Face[]> =>
    locateFaces(pixels, config.crop, detector, where);
  const forward = (pixels: Pixels, faces: readonly Face[], { signal }: RunOptions) =>
    network.run(
      pixels,
      faces.map(({ crop }) => crop),
      { signal },
    );
  const results = (faces: readonly Face[], raw: readonly RawOutputs[], only: readonly Task[]) =>
    faces.map((face, index) => decodeFace({ ...face, ...warning }, only, raw[index]!, vocabularies));

  const analyzePixels = async (pixels: Pixels, analyzeOptions: AnalyzeOptions) => {
    const only = chooseTasks(tasks, analyzeOptions.only);
    const faces = await locate(pixels, analyzeOptions);
    return results(faces, await forward(pixels, faces, analyzeOptions), only);
  };

  let opening: Promise<Explainer> | undefined;
  const explainer = (signal: RunOptions['signal']): Promise<Explainer> => {
    opening ??= openExplainer({ runtime, checkpoint, tasks, precision, signal }).catch((error: unknown) => {
      opening = undefined; // the next call may try again
      throw error;
    });
    return opening.catch((error: unknown) => {
      const isOwn = signal?.aborted || !FaceXFormerError.isInstance(error, 'ABORTED');
      if (isOwn) throw error;
      return explainer(signal); // the call that was opening it was aborted, this one was not
    });
  };

  const analyzer: Analyzer<Image, readonly Task[]> = {
    get device() {
      return session.device;
    },
    provenance,
    config,
    async analyze(image, analyzeOptions = {}) {
      chooseTasks(tasks, analyzeOptions.only);
      return analyzePixels(await decode(image, analyzeOptions), analyzeOptions);
    },
    async analyzeRaw(image, analyzeOptions = {}) {
      const only = chooseTasks(tasks, analyzeOptions.only);
      const pixels = await decode(image, analyzeOptions);
      const faces = await locate(pixels, analyzeOptions);
      const raw = await forward(pixels, faces, analyzeOptions);
      const stacked = only.map(({ name }) => [name, stack(raw.map((outputs) => outputs[name]!))]);
      return { faces: results(faces, raw, only), raw: Object.fromEntries(stacked) };
    },
    async *analyzeMany(items, { only: names, detect, choose, raw: withRaw, ...many } = {}) {
      requireOpen();
      const only = chooseTasks(tasks, names);
      yield* analyzePhotos(items, many, async (item, run) => {
        const { image, crops, boxes } = photoOf<Image>(item);
        const pixels = await decode(image, run);
        const located = await locate(pixels, { crops, boxes, detect, ...run });
        const faces = choose?.(located, pixels, item) ?? located;
        const raw = await forward(pixels, faces, run);
        const kept = withRaw && { raw: raw.map((outputs) => copyOutputs(outputs, only)) };
        return { pixels, faces: results(faces, raw, only), ...kept };
      });
    },
    stream: (source, streamOptions = {}) =>
      streamFaces({ runtime, analyze: analyzePixels, detector, tasks }, source, streamOptions),
    async explain(image, analyzeOptions = {}) {
      const only = chooseTasks(tasks, analyzeOptions.only);
      const pixels = await decode(image, analyzeOptions);
      const faces = await locate(pixels, analyzeOptions);
      if (faces.length === 0) return [];
      const { explain } = await explainer(analyzeOptions.signal);
      return explain(pixels, faces, only, analyzeOptions);
    },
    async warmUp(run = {}) {
      requireOpen();
      const dims = [1, 3, config.input.height, config.input.width];
      await session.run({ [IMAGE_INPUT]: { dims, data: new Float32Array(sizeOf(dims)) } }, run);
    },
    draw: (faces) => faces.map((face) => drawFace(face, tasks)),
    async dispose() {
      if (disposed) return;
      disposed = true;
      const explaining = await opening?.catch(() => undefined);
      await Promise.all([session.dispose(), explaining?.dispose(), detector?.dispose(), checkpoint.close()]);
    },
    [Symbol.asyncDispose]: () => analyzer.dispose(),
  };
  return analyzer as Analyzer<Image, Tasks>;
}

/** A decoder may write where it reads; what is handed out stays as the network gave it. */
const copyOutputs = (raw: RawOutputs, tasks: readonly Task[]): RawOutputs =>
  Object.fromEntries(
    tasks.map(({ name }) => {
      const { dims, data } = raw[name]!;
      return [name, { dims, data: data.slice() }];
    }),
  );
