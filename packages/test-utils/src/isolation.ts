import {
  classify,
  defineTask,
  embed,
  multiLabel,
  regress,
  segment,
  type Task,
  type Tensor,
} from '@facexformer/core';
import { exportOnnx, type OnnxModel, sizeOf, type Target, topological } from '@facexformer/core/graph';
import { buildModel } from '@facexformer/core/model';
import { mlpHead } from '@facexformer/core/task';
import { allTasks } from '@facexformer/tasks';
import { draws, noise } from './noise.js';
import { untrainedCheckpoint } from './untrained.js';

/** Runs a model in the engine under test. */
export type RunModel = (
  model: OnnxModel,
  feeds: Readonly<Record<'image', Tensor>>,
) => Promise<Readonly<Record<string, Tensor>>>;

const names = { id: 'x@1', labels: ['a', 'b', 'c'] };
const wide = (name: string, tokens: number): Task =>
  defineTask({
    name,
    tokens,
    vocabulary: names,
    head: (context) => mlpHead(context, 2),
    decode: (raw) => raw,
  });

/** Plug-ins of every kind, of one token to many. */
const PLUGINS: readonly Task[] = [
  classify('pluginA', names),
  multiLabel('pluginB', names, { tokens: 2 }),
  regress('pluginC', names, { range: [0, 1], tokens: 4 }),
  segment('pluginD', names),
  embed('pluginE', { size: 5 }),
  wide('pluginF', 33),
  classify('pluginG', names, { tokens: 7 }),
];

/**
 * Looks for plug-ins that change something: draws `cases` lists of plug-ins and base tasks in any order, and compares
 * each output, bit for bit, with the run of its task alone (base tasks: all of them, without plug-ins).
 * @returns what differs, in words; nothing where plug-ins are isolated
 */
export async function isolationFaults(
  run: RunModel,
  target: Target,
  cases: number,
): Promise<readonly string[]> {
  const { info, read } = untrainedCheckpoint();
  const { height, width } = info.model.input;
  const image = { dims: [2, 3, height, width], data: noise(2 * 3 * height * width) };
  const outputsOf = async (tasks: readonly Task[]): Promise<Readonly<Record<string, Tensor>>> => {
    const { outputs } = buildModel(info.model, { tasks, vocabularies: info.vocabularies });
    const own = new Map(
      topological(Object.values(outputs)).flatMap((value): [string, Float32Array][] =>
        value.op === 'parameter' && value.name.startsWith('tasks.plugin')
          ? [[value.name, noise(sizeOf(value.shape as number[]), value.name.length)]]
          : [],
      ),
    );
    const parameters = { read: async (name: string) => own.get(name) ?? read(name) };
    return run(await exportOnnx({ outputs, parameters, target }), { image });
  };

  const expected = new Map(Object.entries(await outputsOf(allTasks())));
  for (const plugin of PLUGINS) expected.set(plugin.name, (await outputsOf([plugin]))[plugin.name]!);
  const draw = draws(7);
  const faults: string[] = [];
  for (let i = 0; i < cases; i += 1) {
    const tasks = shuffled(
      [...PLUGINS.filter(() => draw() < 0.5), ...allTasks().filter(() => draw() < 0.6)],
      draw,
    );
    if (tasks.length === 0) continue;
    const found = await outputsOf(tasks);
    for (const { name } of tasks) {
      if (!sameBits(found[name]!, expected.get(name)!)) {
        faults.push(`${name} differs among ${tasks.map((task) => task.name).join(', ')}`);
      }
    }
  }
  return faults;
}

const sameBits = (a: Tensor, b: Tensor): boolean => {
  const [x, y] = [a, b].map(({ data }) => new Int32Array(data.buffer, data.byteOffset, data.length));
  return x!.length === y!.length && x!.every((bits, i) => bits === y![i]);
};

/** Fisher and Yates. */
function shuffled<Item>(items: Item[], draw: () => number): readonly Item[] {
  for (let i = items.length - 1; i > 0; i -= 1) {
    const j = Math.floor(draw() * (i + 1));
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
  return items;
}
