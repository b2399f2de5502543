import { checkOptions, demand } from '../base/arguments.js';
import { asyncDispose } from '../base/dispose.js';
import { FaceXFormerError } from '../base/errors.js';
import { stack } from '../base/tensor.js';
import { CHECKPOINT } from '../checkpoint/checkpoint.js';
import type { LocateOptions } from '../face/crops.js';
import { decodeFace } from '../face/decode-face.js';
import { drawFace } from '../face/draw-face.js';
import type { AnalyzedFace, AnalyzeOptions, RawOutputs } from '../face/face.js';
import { findFaces } from '../face/find-faces.js';
import { modelBuilder } from '../face/networks.js';
import type { Pixels } from '../image/pixels.js';
import { assembleModel } from '../plugin/assemble-model.js';
import { guardedRuntime } from '../runtime/guarded-runtime.js';
import { RUN_OPTIONS, type RunOptions } from '../runtime/runtime.js';
import { chooseTasks } from '../task/choose-tasks.js';
import type { Task } from '../task/task.js';
import type { Analyzer, AnalyzerOptions } from './analyzer.js';
import { ANALYZER_OPTIONS, BOXES, checkAnalyze, checkMany, FACES } from './analyzer-options.js';
import { type Explainer, openExplainer } from './explain.js';
import { openPipeline, type PhotoOutcome, type PhotoRequest, type Pipeline } from './pipeline.js';
import { watched } from './stages.js';

const UNTRAINED = 'UNTRAINED WEIGHTS: these results are random and mean nothing';

/**
 * Builds the graph of the checkpoint with the heads of `tasks`, and opens it on the runtime.
 * @throws {FaceXFormerError} `UNKNOWN_TASK` when the checkpoint has no weights for a task, `DUPLICATE_TASK`,
 * `WRONG_BASE`, `MISSING_TENSOR`, `BAD_TENSOR`, `DEVICE_UNAVAILABLE`, `RUNTIME`, `ABORTED`.
 */
export async function createAnalyzer<Image, const Tasks extends readonly Task[]>(
  options: AnalyzerOptions<Image, Tasks>,
): Promise<Analyzer<Image, Tasks>> {
  const pipeline = await open(options).catch(async (error: unknown) => {
    try {
      if (CHECKPOINT.fits(options.checkpoint)) await options.checkpoint.close();
    } catch {
      // Why nothing opened is what the caller has to know.
    }
    throw error;
  });
  const { runtime, checkpoint, precision, onStage } = options;
  const tasks: readonly Task[] = options.tasks;
  const { model: config, provenance, vocabularies } = checkpoint.info;
  const { detector } = pipeline;
  const { upright } = config.crop;
  const finder = detector && {
    detect: (pixels: Pixels, run?: RunOptions) => findFaces(detector, pixels, { upright, ...run }),
  };
  const warning = provenance.trained ? {} : { warning: UNTRAINED };
  let disposed = false;
  const requireOpen = (): void => {
    if (disposed)
      throw new FaceXFormerError(
        'DISPOSED',
        'the analyzer was disposed: open another one with createAnalyzer',
      );
  };

  const run = async (
    image: Image | Pixels,
    only: readonly Task[],
    request: Omit<PhotoRequest, 'outputs'>,
  ) => {
    requireOpen();
    return pipeline.run(image, { ...request, outputs: only.map(({ name }) => name) });
  };
  const results = ({ faces, raw }: PhotoOutcome, only: readonly Task[]) =>
    watched(onStage, 'answers', faces.length, async () => {
      const analyzed: AnalyzedFace<readonly Task[]>[] = [];
      for (const [index, face] of faces.entries()) {
        await pipeline.turn();
        analyzed.push(decodeFace({ ...face, ...warning }, only, raw[index]!, vocabularies));
      }
      return analyzed;
    });
  const analyzeImage = async (image: Image | Pixels, analyzeOptions: AnalyzeOptions = {}) => {
    checkAnalyze('analyze', analyzeOptions);
    const only = chooseTasks(tasks, analyzeOptions.only);
    return results(await run(image, only, placesOf(analyzeOptions)), only);
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
      return pipeline.device;
    },
    tasks,
    provenance,
    config,
    analyze: analyzeImage,
    async analyzeRaw(image, analyzeOptions = {}) {
      checkAnalyze('analyzeRaw', analyzeOptions);
      const only = chooseTasks(tasks, analyzeOptions.only);
      const outcome = await run(image, only, placesOf(analyzeOptions));
      const stacked = only.map(({ name }) => [name, stack(outcome.raw.map((outputs) => outputs[name]!))]);
      return { faces: await results(outcome, only), raw: Object.fromEntries(stacked) };
    },
    async *analyzeMany(items, manyOptions = {}) {
      checkMany(manyOptions);
      const { only: wanted, detect, rotations, choose, raw: withRaw, pixels, ...many } = manyOptions;
      const { ahead = pipeline.ahead } = many;
      requireOpen();
      const only = chooseTasks(tasks, wanted);
      const { analyzePhotos, photoOf } = await import('./many.js'); // pages of single photos do not load it
      yield* analyzePhotos(items, { ...many, ahead }, async (item, { signal }) => {
        const { image, crops, boxes } = photoOf<Image>(item);
        if (crops) demand(crops, BOXES, 'analyzeMany: crops of a photo');
        if (boxes) demand(boxes, BOXES, 'analyzeMany: boxes of a photo');
        const outcome = await run(image, only, {
          ...{ crops, boxes, detect, rotations, signal },
          ...(choose && {
            choose: (faces, seen) => demand(choose(faces, seen, item), FACES, 'what "choose" returns'),
          }),
          pixels,
        });
        const kept = withRaw && { raw: outcome.raw.map((outputs) => copyOutputs(outputs, only)) };
        return { size: outcome.size, pixels: outcome.pixels, faces: await results(outcome, only), ...kept };
      });
    },
    async *stream(source, streamOptions = {}) {
      const { streamFaces } = await import('../stream/stream.js'); // pages that follow nobody do not load it
      const parts = {
        runtime: guardedRuntime(runtime),
        analyze: analyzeImage,
        detector: finder,
        tasks,
      };
      yield* streamFaces(parts, source, streamOptions);
    },
    async explain(image, analyzeOptions = {}) {
      checkAnalyze('explain', analyzeOptions);
      const { signal } = analyzeOptions;
      const only = chooseTasks(tasks, analyzeOptions.only);
      const { pixels, faces } = await run(image, [], { ...placesOf(analyzeOptions), pixels: true });
      if (faces.length === 0) return [];
      const { explain } = await explainer(signal);
      return explain(pixels!, faces, only, { signal });
    },
    async warmUp(run = {}) {
      checkOptions('warmUp', run, RUN_OPTIONS);
      requireOpen();
      await pipeline.warmUp(run);
    },
    draw: (faces) => demand(faces, FACES, 'draw: faces').map((face) => drawFace(face, tasks)),
    async dispose() {
      if (disposed) return;
      disposed = true;
      const explaining = await opening?.catch(() => undefined);
      await Promise.all([pipeline.dispose(), explaining?.dispose()]);
      await checkpoint.close();
    },
    [asyncDispose]: () => analyzer.dispose(),
  };
  return analyzer as Analyzer<Image, Tasks>;
}

/** Checks the options, and opens the network that they describe. */
async function open<Image>(options: AnalyzerOptions<Image, readonly Task[]>): Promise<Pipeline<Image>> {
  checkOptions('createAnalyzer', options, ANALYZER_OPTIONS, ['runtime', 'checkpoint', 'tasks']);
  const { runtime, checkpoint, precision, detector, onStage, signal } = options;
  const tasks: readonly Task[] = options.tasks;
  const model = modelBuilder({ ...assembleModel(checkpoint, tasks), precision });
  const outputs = tasks.map(({ name }) => name);
  return openPipeline(
    runtime,
    { config: checkpoint.info.model, model, outputs, detector, onStage },
    { signal },
  );
}

const placesOf = ({ boxes, detect, rotations, signal }: AnalyzeOptions): LocateOptions => ({
  boxes,
  detect,
  rotations,
  signal,
});

/** A decoder may write where it reads; what is handed out stays as the network gave it. */
const copyOutputs = (raw: RawOutputs, tasks: readonly Task[]): RawOutputs =>
  Object.fromEntries(
    tasks.map(({ name }) => {
      const { dims, data } = raw[name]!;
      return [name, { dims, data: data.slice() }];
    }),
  );
