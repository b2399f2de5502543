import { FaceXFormerError, throwIfAborted } from '../base/errors.js';
import { joinRows, sizeOf, type Tensor } from '../base/tensor.js';
import type { Checkpoint, Provenance } from '../checkpoint/checkpoint.js';
import { cropBatch, locateFaces } from '../face/crops.js';
import { type Drawing, decodeFace, drawFace } from '../face/decode-face.js';
import type { Detector, DetectorFactory } from '../face/detector.js';
import type { AnalyzedFace, AnalyzeOptions, Face } from '../face/face.js';
import type { Precision } from '../graph/lower/emitter.js';
import { exportOnnx } from '../graph/lower/export.js';
import type { Pixels } from '../image/pixels.js';
import { buildModel, IMAGE_INPUT } from '../model/build.js';
import type { ModelConfig } from '../model/config.js';
import { requireTasks, withPlugins } from '../plugin/fit.js';
import type { RunOptions, Runtime, Session } from '../runtime/runtime.js';
import type { StreamFrame, StreamOptions, StreamSource } from '../stream/frame.js';
import { streamFaces } from '../stream/stream.js';
import type { Distinct } from '../task/results.js';
import type { Task } from '../task/task.js';
import { type ExplainedFace, type Explainer, openExplainer } from './explain.js';

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
   * @throws {FaceXFormerError} `BAD_IMAGE`, `NOT_FOUND`, `BAD_OPTION` (a box, an unknown task), `ABORTED`,
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
  /** What the tasks have to draw over the photo for these faces; one that fails draws nothing and leaves its error. */
  draw(faces: readonly Face[]): readonly Drawing[];
  /** Releases the network, the detector and the checkpoint; a second call does nothing. */
  dispose(): Promise<void>;
  /** The same as `dispose`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Faces that go through the network at once; more only costs memory. */
const MAX_BATCH = 8;

const UNTRAINED = 'UNTRAINED WEIGHTS: these results are random and mean nothing';

/**
 * Builds the graph of the checkpoint with the heads of `tasks`, and opens it on the runtime.
 * @throws {FaceXFormerError} `UNKNOWN_TASK` when the checkpoint has no weights for a task, `DUPLICATE_TASK`,
 * `WRONG_BASE`, `MISSING_TENSOR`, `BAD_TENSOR`, `DEVICE_UNAVAILABLE`, `RUNTIME`, `ABORTED`.
 */
export async function createAnalyzer<Image, const Tasks extends readonly Task[]>(
  options: AnalyzerOptions<Image, Tasks>,
): Promise<Analyzer<Image, Tasks>> {
  const { checkpoint } = options;
  const tasks: readonly Task[] = options.tasks;
  const { model: config, provenance, vocabularies } = checkpoint.info;
  const { session, detector } = await openNetworks(options, tasks).catch(async (error: unknown) => {
    await checkpoint.close();
    throw error;
  });
  let disposed = false;
  const requireOpen = (): void => {
    if (disposed) throw new FaceXFormerError('DISPOSED', 'the analyzer was disposed');
  };

  const warning = provenance.trained ? {} : { warning: UNTRAINED };

  /** Runs `work` on the faces of a photo, a batch at a time. */
  const inBatches = async <Result>(
    image: Image | Pixels,
    analyzeOptions: AnalyzeOptions,
    work: (faces: readonly Face[], batch: Tensor, run: RunOptions) => Promise<Result>,
  ): Promise<readonly Result[]> => {
    requireOpen();
    const run: RunOptions = { signal: analyzeOptions.signal };
    const pixels = await options.runtime.decode(image, run);
    const faces = await locateFaces(pixels, config.crop, detector, analyzeOptions);
    const results: Result[] = [];
    for (let start = 0; start < faces.length; start += MAX_BATCH) {
      throwIfAborted(run.signal);
      const part = faces.slice(start, start + MAX_BATCH);
      const batch = cropBatch(
        pixels,
        part.map(({ crop }) => crop),
        config,
      );
      results.push(await work(part, batch, run));
    }
    return results;
  };
  const forward = async (faces: readonly Face[], batch: Tensor, run: RunOptions) => ({
    faces,
    raw: await session.run({ [IMAGE_INPUT]: batch }, run),
  });
  let explainer: Promise<Explainer> | undefined;

  const analyzer: Analyzer<Image, readonly Task[]> = {
    get device() {
      return session.device;
    },
    provenance,
    config,
    analyze: async (image, analyzeOptions = {}) => (await analyzer.analyzeRaw(image, analyzeOptions)).faces,
    async analyzeRaw(image, analyzeOptions = {}) {
      const only = pick(tasks, analyzeOptions.only);
      const batches = await inBatches(image, analyzeOptions, forward);
      return {
        faces: batches.flatMap(({ faces, raw }) =>
          faces.map((face, index) => decodeFace({ ...face, ...warning }, index, only, raw, vocabularies)),
        ),
        raw: Object.fromEntries(
          only.map(({ name }) => [name, joinRows(batches.map(({ raw }) => raw[name]!))]),
        ),
      };
    },
    stream: (source, streamOptions = {}) =>
      streamFaces(
        { runtime: options.runtime, analyze: analyzer.analyze, detector, tasks },
        source,
        streamOptions,
      ),
    async explain(image, analyzeOptions = {}) {
      const only = pick(tasks, analyzeOptions.only);
      const batches = await inBatches(image, analyzeOptions, async (faces, batch, run) => {
        explainer ??= openExplainer(options.runtime, checkpoint, tasks, {}).catch((error: unknown) => {
          explainer = undefined; // the next call may try again
          throw error;
        });
        return (await explainer).explain(faces, batch, only, run);
      });
      return batches.flat();
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
      const explaining = await explainer?.catch(() => undefined);
      await Promise.all([session.dispose(), explaining?.dispose(), detector?.dispose(), checkpoint.close()]);
    },
    [Symbol.asyncDispose]: () => analyzer.dispose(),
  };
  return analyzer as Analyzer<Image, Tasks>;
}

/** Opens the network and the detector, or neither. */
async function openNetworks<Image, Tasks extends readonly Task[]>(
  options: AnalyzerOptions<Image, Tasks>,
  tasks: readonly Task[],
): Promise<{ readonly session: Session; readonly detector: Detector | undefined }> {
  const { runtime, checkpoint, precision = 'fp32', signal } = options;
  const { model: config, vocabularies } = checkpoint.info;
  requireTasks(tasks, checkpoint);
  const { outputs } = buildModel(config, { tasks, vocabularies });
  const parameters = withPlugins(checkpoint, tasks, outputs);
  const session = await runtime.open(
    (target, { external }) => exportOnnx({ outputs, parameters, target, precision, external }),
    { signal },
  );
  try {
    return { session, detector: await options.detector?.(runtime) };
  } catch (error) {
    await session.dispose();
    throw error;
  }
}

function pick(tasks: readonly Task[], only: readonly string[] | undefined): readonly Task[] {
  if (!only) return tasks;
  return only.map((name) => {
    const task = tasks.find((candidate) => candidate.name === name);
    if (!task) {
      const names = tasks.map((candidate) => candidate.name).join(', ');
      throw new FaceXFormerError('UNKNOWN_TASK', `no task "${name}" is registered; there are ${names}`);
    }
    return task;
  });
}
