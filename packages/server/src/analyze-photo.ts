import { type AnalyzedPhoto, type Face, FaceXFormerError, type Pixels, type Size } from '@facexformer/core';
import { renderOverlay } from '@facexformer/runtime-node';
import { CallError } from './call-error.js';
import type { PhotoAnalyzer } from './options.js';
import type { Question } from './query.js';

/** The answer to a photo as JSON. */
export interface PhotoAnswer {
  /** Pixels of the upright photo. */
  readonly width: number;
  readonly height: number;
  readonly model: { readonly name: string; readonly trained: boolean };
  readonly device: string;
  readonly faces: readonly Face[];
}

/**
 * Analyses one photo; its faces share batches with those of calls at the same time.
 * @throws {CallError} `TOO_MANY_FACES`. @throws {FaceXFormerError} as `analyzeMany`, and what concerns the photo;
 *   `TASK_FAILED` when no task gave a result on any face.
 */
export async function analyzePhoto(
  analyzer: PhotoAnalyzer,
  photo: Uint8Array,
  { only, overlay }: Question,
  maxFaces: number,
  signal: AbortSignal,
): Promise<Pick<AnalyzedPhoto<Uint8Array>, 'size' | 'pixels' | 'faces'>> {
  for await (const result of analyzer.analyzeMany([photo], {
    signal,
    pixels: overlay,
    ...(only && { only }),
  })) {
    if (result.error) throw result.error;
    const { faces } = result;
    // Not with `choose`, which with worker threads sends the pixels to and fro.
    if (faces.length > maxFaces) {
      const message = `the photo has ${faces.length} faces, more than the ${maxFaces} that this server takes`;
      throw new CallError('TOO_MANY_FACES', message);
    }
    requireAnswers(faces, only ?? analyzer.tasks.map(({ name }) => name));
    return result;
  }
  throw new FaceXFormerError('RUNTIME', 'the analyzer gave no result');
}

/** One task that fails costs its own result; where all fail on every face, there is nothing to answer with. */
function requireAnswers(faces: readonly Face[], tasks: readonly string[]): void {
  const failed = faces.every(({ errors }) => tasks.every((name) => errors?.[name]));
  if (faces.length === 0 || !failed) return;
  throw new FaceXFormerError('TASK_FAILED', `no task gave a result on any of ${faces.length} faces`, {
    cause: faces[0]!.errors?.[tasks[0]!],
  });
}

/** The answer of an analyzer about a photo. */
export const photoAnswer = (
  { provenance: { name, trained }, device }: PhotoAnalyzer,
  size: Size,
  faces: readonly Face[],
): PhotoAnswer => ({ ...size, model: { name, trained }, device, faces });

/** The photo as a PNG with the results drawn over it. */
export const drawAnswer = (
  analyzer: PhotoAnalyzer,
  pixels: Pixels,
  faces: readonly Face[],
): Promise<Uint8Array> => renderOverlay(pixels, analyzer.draw(faces));

/** What a log says of tasks that failed. */
export const failedTasks = (faces: readonly Face[]): readonly string[] => [
  ...new Set(faces.flatMap(({ errors = {} }) => Object.keys(errors))),
];
