import { createAnalyzer, openCheckpoint, type Task } from '@facexformer/core';
import { readFaces, type Sample } from '@facexformer/data';
import { blazeFace } from '@facexformer/detector';
import { evaluate, type Framing, figuresOf, type Outcome } from '@facexformer/eval';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { bootstrap } from '@facexformer/statistics';
import { allTasks } from '@facexformer/tasks';

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
  const tasks: readonly Task[] = allTasks();
  const measure = async (framing: Framing): Promise<readonly Outcome[]> => {
    const checkpoint = await openCheckpoint(await fileSource(path));
    const { vocabularies } = checkpoint.info;
    const analyzer = await createAnalyzer({ runtime, checkpoint, tasks, detector: blazeFace() });
    const started = performance.now();
    const samples = firstFaces(folder, split, limit);
    const outcomes = await evaluate(samples, { runtime, analyzer, tasks, vocabularies, framing });
    seconds[framing] = (performance.now() - started) / 1000;
    await analyzer.dispose();
    return outcomes;
  };
  const [detector, fixed] = [await measure('detector'), await measure('fixed')];
  const [values, others] = [figuresOf(detector, tasks), figuresOf(fixed, tasks)];
  const extra = ['parsing.inside.f1', 'parsing.hairOutside'];
  const rows = tasks.flatMap(({ name, metrics }) => {
    const pairs = detector.flatMap(({ verdicts }, i) => {
      const own = verdicts[name];
      return own ? [[own, fixed[i]!.verdicts[name]!] as const] : [];
    });
    const figures = [...metrics!.headlines.map(({ figure }) => figure), ...extra].filter(
      (figure) => figure.startsWith(`${name}.`) && values[figure] !== undefined,
    );
    const intervals = bootstrap(pairs, (list) => {
      const [a, b] = [0, 1].map((side) => metrics!.figures(list.map((pair) => pair[side]!)));
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
