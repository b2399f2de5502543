import { FaceXFormerError, type Pixels, type Runtime, type Signal, throwIfAborted } from '@facexformer/core';
import { ahead, inChunks } from './ahead.js';
import { type Groups, groupsOf } from './groups.js';
import { maskOf, type Truth, type Verdict } from './judges/judge.js';
import { JUDGES } from './judges/judges.js';
import type { Predictor } from './predictor.js';
import type { Sample, Samples } from './sample.js';

/** What is kept of a face: a few numbers a task, not its pixels. */
export interface Outcome {
  readonly name: string;
  readonly set: string;
  /** Whether the detector found it; undefined where it was not asked. */
  readonly detected: boolean | undefined;
  /** Verdicts by task; only of tasks that the labels say something about. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  readonly groups: Groups;
}

/** What an evaluation needs. */
export interface EvaluateOptions {
  /** Decodes the images. */
  readonly runtime: Runtime<string | Uint8Array>;
  readonly predictor: Predictor;
  /** Called after each batch with the number of faces so far. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: Signal | undefined;
}

/** Images that go through the network at once; as many are decoded meanwhile. Photos can be large: more costs memory. */
const BATCH = 8;

/**
 * Runs the model on every sample and judges its answers.
 * @throws {FaceXFormerError} `BAD_IMAGE` naming set and image, `ABORTED`, `RUNTIME`; what the samples throw.
 */
export async function evaluate(samples: Samples, options: EvaluateOptions): Promise<readonly Outcome[]> {
  const { runtime, predictor, onProgress, signal } = options;
  const outcomes: Outcome[] = [];
  const photos = ahead(inChunks(samples, BATCH), (chunk) =>
    Promise.all(chunk.map((sample) => decodeSample(runtime, sample))),
  );
  for await (const batch of photos) {
    throwIfAborted(signal);
    const predictions = await predictor.predict(
      batch.map(({ pixels, sample }) => ({ pixels, place: sample.place })),
    );
    for (const [i, { sample, truth }] of batch.entries()) {
      const { answers, detected } = predictions[i]!;
      const verdicts = JUDGES.flatMap((judge): [string, Verdict][] => {
        const answer = answers[judge.task];
        const verdict = answer && judge.judge(answer, truth);
        return verdict ? [[judge.task, verdict]] : [];
      });
      outcomes.push({
        name: sample.name,
        set: sample.set,
        detected,
        verdicts: Object.fromEntries(verdicts),
        groups: groupsOf(truth, answers),
      });
    }
    onProgress?.(outcomes.length);
  }
  return outcomes;
}

interface Photo {
  readonly sample: Sample;
  readonly pixels: Pixels;
  readonly truth: Truth;
}

async function decodeSample(runtime: EvaluateOptions['runtime'], sample: Sample): Promise<Photo> {
  const { mask, ...labels } = sample.labels;
  const decode = (image: string | Uint8Array, what: string): Promise<Pixels> =>
    runtime.decode(image).catch((cause: unknown) => {
      if (!FaceXFormerError.isInstance(cause)) throw cause;
      throw new FaceXFormerError(cause.code, `${what} ${sample.name} of ${sample.set}: ${cause.message}`, {
        cause,
      });
    });
  const [pixels, layers] = await Promise.all([
    decode(sample.image, 'image'),
    Promise.all(
      (mask ?? []).map(async ({ image, classOf }) => [await decode(image, 'a mask of'), classOf] as const),
    ),
  ]);
  const truth: Truth = { ...labels, ...(layers.length > 0 && { mask: maskOf(layers) }) };
  return { sample, pixels, truth };
}
