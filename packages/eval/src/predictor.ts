import type {
  Box,
  Checkpoint,
  Detection,
  Detector,
  DetectorFactory,
  Pixels,
  Runtime,
  Session,
  Signal,
  Task,
  Tensor,
  Vocabulary,
} from '@facexformer/core';
import { exportOnnx, row } from '@facexformer/core/graph';
import { cropBox, normalizeInto, resizeBicubic } from '@facexformer/core/image';
import { buildModel, IMAGE_INPUT } from '@facexformer/core/model';

/** Where crops come from: found by the detector as for a user, or the fixed square of each set. */
export type Framing = 'detector' | 'fixed';

/** What the model says of one face for one task. */
export interface Answer {
  /** The head's output, without the batch axis. */
  readonly raw: Tensor;
  /** What the task makes of it. */
  readonly result: unknown;
  /** The part of the image that the network saw. */
  readonly crop: Box;
  readonly size: { readonly width: number; readonly height: number };
  readonly vocabulary: Vocabulary;
}

/** A decoded image, and where its face is if nothing finds it (shares of the image). */
export interface View {
  readonly pixels: Pixels;
  readonly place?: Box | undefined;
}

/** The answers for one image by task name. */
export interface Prediction {
  /** False where the fixed square was taken for want of a face; undefined where nothing was searched. */
  readonly detected: boolean | undefined;
  readonly answers: Readonly<Record<string, Answer>>;
}

/** Runs a model on one face an image, many images at a time. */
export interface Predictor {
  /** The device that really runs it. */
  readonly device: string;
  /** @throws {FaceXFormerError} `BAD_IMAGE`, `BAD_OPTION`, `RUNTIME`, `ABORTED`. */
  predict(views: readonly View[]): Promise<readonly Prediction[]>;
  /** Releases the model. */
  dispose(): Promise<void>;
}

/** What a predictor is made of. */
export interface PredictorOptions {
  readonly runtime: Runtime<never>;
  /** Closed with the predictor. */
  readonly checkpoint: Checkpoint;
  readonly tasks: readonly Task[];
  /** Without one, every image is framed by its fixed square. */
  readonly detector?: DetectorFactory | undefined;
  readonly signal?: Signal | undefined;
}

/**
 * Opens the model, as `createAnalyzer` does, for images that show one face each.
 * @throws {FaceXFormerError} as `createAnalyzer`.
 */
export async function openPredictor(options: PredictorOptions): Promise<Predictor> {
  const { checkpoint, tasks, signal } = options;
  const { model: config, vocabularies } = checkpoint.info;
  const { session, detector } = await openNetworks(options).catch(async (error: unknown) => {
    await checkpoint.close();
    throw error;
  });
  const { width, height } = config.input;
  const plane = 3 * width * height;
  return {
    device: session.device,
    async predict(views) {
      const data = new Float32Array(views.length * plane);
      const framed: { readonly crop: Box; readonly detected: boolean | undefined }[] = [];
      for (const [i, { pixels, place }] of views.entries()) {
        const faces = (await detector?.detect(pixels, { signal })) ?? [];
        const face = mainFace(faces, pixels);
        const crop = face ? cropBox(face.box, pixels, config.crop) : placedCrop(place, pixels);
        normalizeInto(resizeBicubic(pixels, config.input, crop), config.normalization, data, i * plane);
        framed.push({ crop, detected: detector && face !== undefined });
      }
      const raw = await session.run(
        { [IMAGE_INPUT]: { dims: [views.length, 3, height, width], data } },
        { signal },
      );
      return views.map(({ pixels: { width, height } }, i): Prediction => {
        const { crop, detected } = framed[i]!;
        const answers = tasks.map((task): [string, Answer] => {
          const vocabulary = vocabularies[task.name] ?? task.vocabulary;
          const output = row(raw[task.name]!, i);
          const result = task.decode(output, { crop, vocabulary });
          return [task.name, { raw: output, result, crop, size: { width, height }, vocabulary }];
        });
        return { detected, answers: Object.fromEntries(answers) };
      });
    },
    async dispose() {
      await Promise.all([session.dispose(), detector?.dispose(), checkpoint.close()]);
    },
  };
}

/** Opens the network and the detector, or neither. */
async function openNetworks({
  runtime,
  checkpoint,
  tasks,
  signal,
  ...options
}: PredictorOptions): Promise<{ readonly session: Session; readonly detector: Detector | undefined }> {
  const { model: config, vocabularies } = checkpoint.info;
  const { outputs } = buildModel(config, { tasks, vocabularies });
  const session = await runtime.open(
    (target, { external }) => exportOnnx({ outputs, parameters: checkpoint, target, external }),
    { signal },
  );
  try {
    return { session, detector: await options.detector?.(runtime) };
  } catch (error) {
    await session.dispose();
    throw error;
  }
}

/** The largest of the faces that cover the image's centre, or else the one nearest to it. */
export function mainFace(
  faces: readonly Detection[],
  { width, height }: { readonly width: number; readonly height: number },
): Detection | undefined {
  const offCentre = ({ box }: Detection): number =>
    Math.hypot(
      Math.max(box.x - width / 2, 0, width / 2 - box.x - box.width),
      Math.max(box.y - height / 2, 0, height / 2 - box.y - box.height),
    );
  const area = ({ box }: Detection): number => box.width * box.height;
  return faces.toSorted((a, b) => offCentre(a) - offCentre(b) || area(b) - area(a))[0];
}

/** A square about `place`, in whole pixels; without a place, the largest about the image's centre. */
function placedCrop(place: Box | undefined, { width, height }: Pixels): Box {
  const wanted = place ? Math.max(place.width * width, place.height * height) : Math.min(width, height);
  const side = Math.max(1, Math.round(wanted));
  const centre = { x: place ? place.x + place.width / 2 : 0.5, y: place ? place.y + place.height / 2 : 0.5 };
  const corner = (share: number, size: number): number => Math.round(share * size - side / 2);
  return { x: corner(centre.x, width), y: corner(centre.y, height), width: side, height: side };
}
