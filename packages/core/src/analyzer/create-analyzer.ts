import { FaceXFormerError } from '../base/errors.js';
import { sizeOf, stack } from '../base/tensor.js';
import { type LocateOptions, locateFaces } from '../face/crops.js';
import { decodeFace } from '../face/decode-face.js';
import type { Detector } from '../face/detector.js';
import { drawFace } from '../face/draw-face.js';
import type { AnalyzeOptions, Face, RawOutputs } from '../face/face.js';
import { type Networks, openNetworks } from '../face/networks.js';
import type { Pixels } from '../image/pixels.js';
import { IMAGE_INPUT } from '../model/build.js';
import { assembleModel } from '../plugin/assemble-model.js';
import type { RunOptions } from '../runtime/runtime.js';
import { streamFaces } from '../stream/stream.js';
import { chooseTasks } from '../task/choose-tasks.js';
import type { Task } from '../task/task.js';
import type { Analyzer, AnalyzerOptions } from './analyzer.js';
import { createBatcher } from './batcher.js';
import { type Explainer, openExplainer } from './explain.js';
import { analyzePhotos, photoOf } from './many.js';
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
  const { runtime, checkpoint, precision, onStage } = options;
  const tasks: readonly Task[] = options.tasks;
  const { model: config, provenance, vocabularies } = checkpoint.info;
  const open = async (): Promise<Networks> =>
    openNetworks({ ...options, ...assembleModel(checkpoint, tasks) });
  const { session, detector: found } = await open().catch(async (error: unknown) => {
    await checkpoint.close();
    throw error;
  });
  const detector: Detector | undefined = found && {
    detect: (pixels, run) => watched(onStage, 'detect', 1, () => found.detect(pixels, run)),
    dispose: () => found.dispose(),
  };
  const names = tasks.map(({ name }) => name);
  const network = createBatcher(session, names, config, onStage);
  const warning = provenance.trained ? {} : { warning: UNTRAINED };
  let disposed = false;
  const requireOpen = (): void => {
    if (disposed) throw new FaceXFormerError('DISPOSED', 'the analyzer was disposed');
  };

  const decode = (image: Image | Pixels, { signal }: RunOptions): Promise<Pixels> => {
    requireOpen();
    return watched(onStage, 'decode', 1, () => runtime.decode(image, { signal }));
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
    watched(onStage, 'answers', faces.length, () =>
      faces.map((face, index) => decodeFace({ ...face, ...warning }, only, raw[index]!, vocabularies)),
    );

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
    tasks,
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
      return { faces: await results(faces, raw, only), raw: Object.fromEntries(stacked) };
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
        return { pixels, faces: await results(faces, raw, only), ...kept };
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
