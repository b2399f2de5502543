/** The plug-in contract: added tokens read everything and are read by nothing. */
import { expect, it } from 'vitest';
import { noise, runOnnx } from '../../../../fixtures/engine.js';
import { untrainedCheckpoint } from '../../../../fixtures/untrained.js';
import {
  buildModel,
  defineTask,
  exportOnnx,
  mlpHead,
  sizeOf,
  type Task,
  type Tensor,
  topological,
  VOCABULARIES,
} from '../../src/index.js';

const task = (name: string, tokens: number, outputs: number): Task =>
  defineTask({
    name,
    tokens,
    vocabulary: VOCABULARIES.age,
    head: (context) => mlpHead(context, outputs),
    decode: (raw) => raw,
  });

const [age, gender] = [task('age', 1, 8), task('gender', 1, 2)];
const [one, three] = [task('pluginOne', 1, 4), task('pluginThree', 3, 5)];
const image = { dims: [2, 3, 64, 64], data: noise(2 * 3 * 64 * 64) };

/** Base weights from the checkpoint, plug-in weights from noise. */
async function run(tasks: readonly Task[]): Promise<Record<string, Tensor>> {
  const { info, read } = untrainedCheckpoint();
  const { outputs } = buildModel(info.model, { tasks, vocabularies: info.vocabularies });
  const own = new Map(
    topological(Object.values(outputs)).flatMap((value): [string, Float32Array][] =>
      value.op === 'parameter' && value.name.startsWith('tasks.plugin')
        ? [[value.name, noise(sizeOf(value.shape as number[]), value.name.length)]]
        : [],
    ),
  );
  const parameters = { read: async (name: string) => own.get(name) ?? read(name) };
  return runOnnx(await exportOnnx({ outputs, parameters, target: 'cpu' }), { image });
}

it('base outputs are bit-identical with any plug-ins in any order, and plug-ins do not see each other', async () => {
  const base = await run([age, gender]);
  const withOne = await run([age, gender, one]);
  const withThree = await run([three, age, gender]);
  const withBoth = await run([gender, three, one, age]);
  for (const results of [withOne, withThree, withBoth]) {
    expect(results.age!.data).toEqual(base.age!.data);
    expect(results.gender!.data).toEqual(base.gender!.data);
  }
  expect(withBoth.pluginOne!.data).toEqual(withOne.pluginOne!.data);
  expect(withBoth.pluginThree!.data).toEqual(withThree.pluginThree!.data);
  expect(withThree.pluginThree!.dims).toEqual([2, 15]);
});

it('leaving heads out is exact', async () => {
  const all = await run([age, gender]);
  const alone = await run([gender]);
  expect(alone.gender!.data).toEqual(all.gender!.data);
});
