import type { Tensor } from '../base/tensor.js';
import type { Checkpoint, Provenance } from '../checkpoint/checkpoint.js';
import type { DetectorFactory } from '../face/detector.js';
import type { Drawing } from '../face/draw-face.js';
import type { AnalyzedFace, AnalyzeOptions, Face } from '../face/face.js';
import type { Precision } from '../graph/lower/emitter.js';
import type { Pixels } from '../image/pixels.js';
import type { ModelConfig } from '../model/config.js';
import type { RunOptions, Runtime } from '../runtime/runtime.js';
import type { StreamFrame, StreamOptions, StreamSource } from '../stream/frame.js';
import type { Distinct } from '../task/results.js';
import type { Task } from '../task/task.js';
import type { ExplainedFace } from './explain.js';
import type { AnalyzeManyOptions, PhotoItem, PhotoResult, PhotoSource } from './many.js';
import type { StageListener } from './stages.js';

/** What an analyzer is made of. */
export interface AnalyzerOptions<Image, Tasks extends readonly Task[]> extends RunOptions {
  readonly runtime: Runtime<Image>;
  /** Closed with the analyzer, and when it cannot be created. */
  readonly checkpoint: Checkpoint;
  /** The order does not matter; a name twice is a compile error. Tasks that the model lacks come as `plugin(task, weights)`. */
  readonly tasks: Tasks & Distinct<Tasks>;
  /** Without one, the whole photo is taken as one face's crop. */
  readonly detector?: DetectorFactory;
  /** By default as the checkpoint is stored: int8 for one in int8 on a CPU, fp32 for all others. */
  readonly precision?: Precision | undefined;
  /** Learns when decoding, detection, the network and the tasks' answers begin and end. */
  readonly onStage?: StageListener | undefined;
}

/** Answers every registered question about each face of a photo, in one pass of one network. */
export interface Analyzer<Image, Tasks extends readonly Task[]> {
  /** The device that really runs the network; another one after a GPU was lost. */
  readonly device: string;
  /** What it answers, plug-ins among it. */
  readonly tasks: Tasks;
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
    Kept extends boolean = false,
  >(
    photos: PhotoSource<Item>,
    options?: AnalyzeManyOptions<Only, Item, Kept>,
  ): AsyncGenerator<PhotoResult<Item, Face & Pick<AnalyzedFace<Tasks>, Only>, Kept>, void, undefined>;
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
   * attention as outputs; an analyzer that is never asked does not load it.
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
