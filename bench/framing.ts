import { openCheckpoint, type Task } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';
import { evaluate, type Outcome } from '../packages/eval/src/evaluate.js';
import { readFaces } from '../packages/eval/src/faces/read-faces.js';
import { figuresOf } from '../packages/eval/src/figures.js';
import { HEADLINES } from '../packages/eval/src/headlines.js';
import { JUDGES } from '../packages/eval/src/judges/judges.js';
import { type Framing, openPredictor } from '../packages/eval/src/predictor.js';
import type { Sample } from '../packages/eval/src/sample.js';
import { bootstrap } from '../packages/eval/src/statistics/bootstrap.js';

async function* firstFaces(folder: string, split: string, limit: number): AsyncGenerator<Sample> {
  for (const set of await readFaces(folder, split)) {
    let left = Math.min(limit, set.count);
    for await (const sample of set.samples()) {
      if (left-- <= 0) break;
      yield sample;
    }
  }
}

/** Measures the same faces in both framings. */
export async function compare(folder: string, split: string, path: string, limit: number) {
  const runtime = nodeRuntime({ device: 'cpu' });
  const seconds: Record<string, number> = {};
  const measure = async (framing: Framing): Promise<readonly Outcome[]> => {
    const checkpoint = await openCheckpoint(await fileSource(path));
    const known = new Set(checkpoint.info.model.tasks.map(({ name }) => name));
    const tasks: readonly Task[] = allTasks().filter(({ name }) => known.has(name));
    const detector = framing === 'detector' ? blazeFace() : undefined;
    const predictor = await openPredictor({ runtime, checkpoint, tasks, detector });
    const started = performance.now();
    const outcomes = await evaluate(firstFaces(folder, split, limit), { runtime, predictor });
    seconds[framing] = (performance.now() - started) / 1000;
    await predictor.dispose();
    return outcomes;
  };
  const [detector, fixed] = [await measure('detector'), await measure('fixed')];
  const [values, others] = [figuresOf(detector), figuresOf(fixed)];
  const extra = [{ figure: 'parsing.inside.f1' }, { figure: 'parsing.hairOutside' }];
  const rows = JUDGES.flatMap((judge) => {
    const pairs = detector.flatMap(({ verdicts }, i) => {
      const own = verdicts[judge.task];
      return own ? [[own, fixed[i]!.verdicts[judge.task]!] as const] : [];
    });
    const figures = [...HEADLINES, ...extra]
      .map(({ figure }) => figure)
      .filter((figure) => figure.startsWith(`${judge.task}.`) && values[figure] !== undefined);
    const intervals = bootstrap(pairs, (list) => {
      const [a, b] = [0, 1].map((side) => judge.figures(list.map((pair) => pair[side]!)));
      return Object.fromEntries(figures.map((figure) => [figure, a![figure]! - b![figure]!]));
    });
    return figures.map((figure) => ({
      figure,
      n: pairs.length,
      detector: values[figure]!,
      fixed: others[figure]!,
      ...intervals[figure]!,
    }));
  });
  const rates = Object.entries(values).filter(([name]) => name.startsWith('detected.'));
  return { rows, rates, seconds, faces: detector.length };
}
