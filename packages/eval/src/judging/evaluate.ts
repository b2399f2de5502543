import {
  type Analyzer,
  type Face,
  FaceXFormerError,
  type PhotoResult,
  type Signal,
  type Task,
} from '@facexformer/core';
import {
  checkOptions,
  demand,
  FUNCTION,
  having,
  kind,
  listOf,
  OBJECT,
  oneOf,
  SIGNAL,
  TASK,
} from '@facexformer/core/arguments';
import {
  type Answer,
  type Metrics,
  type Verdict,
  type Vocabularies,
  vocabularyOf,
} from '@facexformer/core/task';
import { decodeLabels, type PictureReader, type Sample, type Samples } from '@facexformer/data';
import { type Framing, mainFace, placedFace } from './framing.js';
import { type Groups, groupsOf } from './groups.js';

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
  /** Decodes masks. */
  readonly runtime: PictureReader;
  readonly analyzer: Pick<Analyzer<string | Uint8Array, readonly Task[]>, 'analyzeMany'>;
  /** Those of the analyzer's tasks that are to be judged; what has no `metrics` is left out. */
  readonly tasks: readonly Task[];
  /** The checkpoint's, where it has other labels than a task. */
  readonly vocabularies: Vocabularies;
  /** `detector` by default. */
  readonly framing?: Framing;
  /** Called after each face with the number of faces so far. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: Signal | undefined;
}

const SAMPLES = kind(
  'an iterable of samples',
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    (Symbol.iterator in value || Symbol.asyncIterator in value),
);
const OPTIONS = {
  runtime: having('a runtime such as nodeRuntime()', { decode: FUNCTION }),
  analyzer: having('what await createAnalyzer() gives', { analyzeMany: FUNCTION }),
  tasks: listOf(TASK, 1),
  vocabularies: OBJECT,
  framing: oneOf('detector', 'fixed'),
  onProgress: FUNCTION,
  signal: SIGNAL,
};

/**
 * Runs the model on the main face of every sample and judges its answers.
 * @throws {FaceXFormerError} `BAD_IMAGE`, `NOT_FOUND`, `BAD_OPTION` (a label) naming set and photo; `ABORTED`,
 * `RUNTIME`; what the samples throw.
 */
export async function evaluate(samples: Samples, options: EvaluateOptions): Promise<readonly Outcome[]> {
  demand(samples, SAMPLES, 'evaluate: samples');
  checkOptions('evaluate', options, OPTIONS, ['runtime', 'analyzer', 'tasks', 'vocabularies']);
  const { analyzer, framing = 'detector', onProgress, signal } = options;
  const outcomes: Outcome[] = [];
  const photos = analyzer.analyzeMany(samples, {
    raw: true,
    signal,
    ...(framing === 'fixed' && { detect: false }),
    ...(onProgress && { onProgress }),
    choose: (faces, pixels, { place }) => {
      const found = framing === 'fixed' ? undefined : mainFace(faces, pixels);
      return [found ?? placedFace(place, pixels)];
    },
  });
  for await (const photo of photos) outcomes.push(await outcomeOf(photo, options, framing));
  return outcomes;
}

/** The face's results by task. */
type JudgedFace = Face & Readonly<Record<string, unknown>>;

async function outcomeOf(
  photo: PhotoResult<Sample, JudgedFace>,
  { runtime, tasks, vocabularies }: EvaluateOptions,
  framing: Framing,
): Promise<Outcome> {
  const { item: sample } = photo;
  const { name, set } = sample;
  if (photo.error) throw naming(sample, photo.error);
  const labels = await decodeLabels(sample, runtime);
  const face = photo.faces[0]!;
  const verdicts: Record<string, Verdict> = {};
  for (const task of tasks) {
    const label = labels[task.name];
    if (label === undefined || !task.metrics) continue;
    const answer: Answer = {
      result: face[task.name],
      raw: photo.raw![0]![task.name]!,
      photo: photo.size,
      vocabulary: vocabularyOf(task, vocabularies),
    };
    const verdict = judge(task.metrics, answer, label, sample);
    if (verdict) verdicts[task.name] = verdict;
  }
  const detected = framing === 'fixed' ? undefined : face.score > 0;
  return { name, set, detected, verdicts, groups: groupsOf(tasks, sample, face) };
}

function judge(metrics: Metrics, answer: Answer, label: unknown, sample: Sample): Verdict | undefined {
  try {
    return metrics.judge(answer, label);
  } catch (cause) {
    throw FaceXFormerError.isInstance(cause) ? naming(sample, cause) : cause;
  }
}

const naming = ({ name, set }: Sample, cause: FaceXFormerError): FaceXFormerError =>
  new FaceXFormerError(cause.code, `photo ${name} of ${set}: ${cause.message}`, { cause });
