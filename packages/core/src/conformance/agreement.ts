import { createAnalyzer } from '../analyzer/create-analyzer.js';
import { demand, FUNCTION, having, listOf, OBJECT } from '../base/arguments.js';
import type { Tensor } from '../base/tensor.js';
import type { Checkpoint } from '../checkpoint/checkpoint.js';
import { sha256 } from '../formats/sha256.js';
import { BOX, type Box } from '../image/geometry.js';
import { RUNTIME, type Runtime } from '../runtime/runtime.js';
import { TASK, type Task } from '../task/task.js';
import { compareResults, type ResultDifference } from './compare.js';
import { referenceRuntime } from './reference.js';

/** What is compared: a runtime, and what it computes. */
export interface AgreementSubject<Image> {
  readonly runtime: Runtime<Image>;
  /** Opens the checkpoint anew at each call. */
  readonly checkpoint: () => Promise<Checkpoint>;
  readonly tasks: readonly Task[];
  readonly image: Image;
  readonly boxes: readonly Box[];
}

/** How close a runtime comes to the reference in one task. */
export interface TaskAgreement extends ResultDifference {
  readonly task: string;
  /** Largest difference of a raw output, relative to {@link range}. */
  readonly raw: number;
  /** Largest absolute raw output of the reference. */
  readonly range: number;
}

export interface Agreement {
  readonly device: string;
  /** SHA-256 of the decoded photo's bytes: the same for every runtime that decodes it alike. */
  readonly pixels: string;
  readonly tasks: readonly TaskAgreement[];
}

/** What every runtime keeps: raw outputs relative to their range, decoded numbers relative to themselves. */
export const TOLERANCE = 1e-5;

const SUBJECT = having('{ runtime, checkpoint, tasks, image, boxes }', {
  runtime: RUNTIME,
  checkpoint: FUNCTION,
  tasks: listOf(TASK, 1),
  boxes: listOf(BOX, 1),
});

/** Runs a photo on a runtime and on the reference, and measures how far they are apart, task by task. */
export async function measureAgreement<Image>(subject: AgreementSubject<Image>): Promise<Agreement> {
  const { runtime, checkpoint, tasks, image, boxes } = demand(subject, SUBJECT, 'measureAgreement: subject');
  const pixels = await runtime.decode(image);
  const ask = async (asked: Runtime<never>) => {
    const analyzer = await createAnalyzer({ runtime: asked, checkpoint: await checkpoint(), tasks });
    const answer = await analyzer.analyzeRaw(pixels, { boxes });
    const { device } = analyzer;
    await analyzer.dispose();
    return { ...answer, device };
  };
  const actual = await ask(runtime);
  const opened = await checkpoint();
  const expected = await ask(referenceRuntime(opened, tasks)).finally(() => opened.close());
  const hash = sha256();
  hash.add(Uint8Array.from(pixels.data));
  return {
    device: actual.device,
    pixels: hash.digest(),
    tasks: tasks.map(({ name }) => ({
      task: name,
      ...compareRaw(expected.raw[name]!, actual.raw[name]!),
      ...compareResults(
        expected.faces.map((face) => (face as unknown as Record<string, unknown>)[name]),
        actual.faces.map((face) => (face as unknown as Record<string, unknown>)[name]),
      ),
    })),
  };
}

/** True when every task lies within the tolerance and no label differs. */
export const agrees = (agreement: Agreement): boolean =>
  demand(
    agreement,
    having('what measureAgreement gives', { tasks: listOf(OBJECT) }),
    'agrees: agreement',
  ).tasks.every(({ raw, values, labels }) => raw <= TOLERANCE && values <= TOLERANCE && labels === 0);

function compareRaw(expected: Tensor, actual: Tensor): { readonly raw: number; readonly range: number } {
  if (`${expected.dims}` !== `${actual.dims}`) return { raw: Number.POSITIVE_INFINITY, range: 0 };
  let [largest, range] = [0, 0];
  expected.data.forEach((value, i) => {
    const difference = Math.abs(value - actual.data[i]!);
    largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(largest, difference);
    range = Math.max(range, Math.abs(value));
  });
  return { raw: largest / Math.max(range, 1e-6), range };
}
