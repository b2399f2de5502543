import {
  AHEAD,
  type PhotoOutcome,
  type PhotoRequest,
  type Pipeline,
  type PipelineParts,
} from '../analyzer/pipeline.js';
import { watched } from '../analyzer/stages.js';
import { locateFaces } from '../face/crops.js';
import type { Detector } from '../face/detector.js';
import type { Face } from '../face/face.js';
import type { OnnxModel } from '../graph/onnx/onnx-model.js';
import { isPixels, type Pixels } from '../image/pixels.js';
import type { ModelBuilder, RunOptions, Runtime } from '../runtime/runtime.js';
import type { NumberCall, PhotoAnswer, PhotoCall, PipelineCall } from './protocol.js';
import type { RemoteWorker } from './remote-worker.js';
import type { Transfer } from './rpc.js';

/** A photo that can be sent, and the parts of it that are transferred. */
export interface PortableImage<Image> {
  readonly image: Image | Pixels;
  readonly transfer: Transfer;
}

/** Where and how a pipeline works in workers. */
export interface RemotePipelineOptions<Image, Settings> extends RunOptions {
  /** Each opens the model; a photo goes to the one with the fewest. */
  readonly workers: readonly RemoteWorker[];
  /** Of the runtime in the workers. */
  readonly settings: Settings;
  /** Opens a detector that has no recipe, in this thread. */
  readonly runtime: Runtime<Image>;
  /** Gives a photo a form that can be sent; the caller's own memory is copied. */
  portable(image: Image | Pixels): Promise<PortableImage<Image>>;
  /** {@link Pipeline.turn} */
  turn(): Promise<void>;
}

/**
 * Opens the way of a photo in workers. What only this thread can do, a detector without a recipe or the choice of faces,
 * is done here between two calls.
 * @throws as `openPipeline`.
 */
export async function remotePipeline<Image, Settings>(
  { config, outputs, model, detector: factory, onStage }: PipelineParts,
  { workers, settings, runtime, portable, turn, signal }: RemotePipelineOptions<Image, Settings>,
): Promise<Pipeline<Image>> {
  const { recipe } = factory ?? {};
  const call = { settings, config, outputs, detector: recipe, watched: onStage !== undefined };
  const builtOnce = once(model);
  const places = workers.map((worker) => ({
    worker,
    ...worker.place<string>({
      model: builtOnce,
      onStage,
      open: async (peer, id, run) =>
        (await peer.call('openPipeline', { id, ...call } satisfies PipelineCall<Settings>, run)) as string,
      close: 'disposePipeline',
    }),
  }));
  let own: Detector | undefined;
  const dispose = async (): Promise<void> => {
    await Promise.all([own?.dispose(), ...places.map((place) => place.close())]);
  };
  const open = async (): Promise<string> => {
    const [first] = await Promise.all(places.map((place) => place.open({ signal })));
    if (factory && !recipe) own = await factory(runtime);
    return first!;
  };
  let device = await open().catch(async (error: unknown) => {
    await dispose();
    throw error;
  });

  const send = async (
    photo: Image | Pixels,
    { faces, crops, boxes, detect, rotations, outputs: wanted, pixels = false, signal: stop }: PhotoRequest,
  ): Promise<PhotoOutcome> => {
    const given = isPixels(photo) ? photo : undefined;
    const { image, transfer } = await portable(photo);
    const where = { faces: faces?.map(sendable), crops, boxes, detect, rotations };
    const request = { image, ...where, outputs: wanted, pixels: pixels && !given };
    const place = places.reduce((least, other) =>
      other.worker.running < least.worker.running ? other : least,
    );
    const answer = (await place.use((peer, id) =>
      peer.call('photo', { id, ...request } satisfies PhotoCall<Image>, { transfer, signal: stop }),
    )) as PhotoAnswer;
    device = answer.device;
    return { ...answer, pixels: pixels ? (given ?? answer.pixels) : undefined };
  };
  const run = async (image: Image | Pixels, request: PhotoRequest): Promise<PhotoOutcome> => {
    const { choose, outputs: wanted, signal: stop, ...where } = request;
    if (!choose && !own) return send(image, request);
    const seen = await send(image, { ...request, ...(own && { faces: [] }), outputs: [], pixels: true });
    const pixels = seen.pixels!;
    const located = own
      ? await locateFaces(pixels, config.crop, watchedDetector(own), { ...where, signal: stop })
      : seen.faces;
    const faces = choose?.(located, pixels) ?? located;
    const outcome = { size: seen.size, pixels: where.pixels ? pixels : undefined, faces };
    if (faces.length === 0 || wanted.length === 0) return { ...outcome, raw: [] };
    const { raw } = await send(pixels, { faces, outputs: wanted, signal: stop });
    return { ...outcome, raw };
  };
  const watchedDetector = (detector: Detector): Detector => ({
    detect: (pixels, options) => watched(onStage, 'detect', 1, () => detector.detect(pixels, options)),
    dispose: () => detector.dispose(),
  });
  const remoteDetector: Detector = {
    async detect(pixels, options = {}) {
      const { faces } = await send(pixels, { outputs: [], ...options });
      return faces.map(({ crop: _, ...found }) => found);
    },
    dispose: async () => undefined,
  };

  return {
    get device() {
      return device;
    },
    ahead: Math.max(AHEAD, 3 * workers.length),
    detector: own ? watchedDetector(own) : recipe && remoteDetector,
    run,
    async warmUp(options) {
      const warm = ({ use }: (typeof places)[number]) =>
        use((peer, id) => peer.call('warmUp', { id } satisfies NumberCall, options));
      await Promise.all(places.map(warm));
    },
    turn,
    dispose,
  };
}

/** Builds a model once for each target: for all workers, and for those that start after a crash. */
function once(model: ModelBuilder): ModelBuilder {
  const built = new Map<string, Promise<OnnxModel>>();
  return (target, options) => {
    const key = `${target} ${options.external}`;
    const building = built.get(key) ?? model(target, options);
    built.set(key, building);
    building.catch(() => built.delete(key)); // the next worker tries again
    return building;
  };
}

/** What a worker needs to know of a face; a caller's own may have fields that cannot be sent. */
const sendable = ({ box, score, crop }: Face): Face => ({ box, score, crop });
