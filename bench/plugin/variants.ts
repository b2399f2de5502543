import { collectParameters, initialValues } from '@facexformer/autodiff';
import { classify, openCheckpoint, type Task } from '@facexformer/core';
import { exportOnnx } from '@facexformer/core/graph';
import { buildModel } from '@facexformer/core/model';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';

/** The mini model with plug-ins of random weights and with fewer heads, ready to run on one face. */
export async function variants(model: string, threads: number, size?: number) {
  const checkpoint = await openCheckpoint(await fileSource(model));
  const input = size ? { height: size, width: size } : checkpoint.info.model.input;
  const info = { ...checkpoint.info, model: { ...checkpoint.info.model, input } };
  const runtime = nodeRuntime({ device: 'cpu', threads });
  const { height, width } = info.model.input;
  const data = Float32Array.from({ length: 3 * height * width }, (_, i) => Math.sin(i * 0.37));
  const image = { dims: [1, 3, height, width], data };
  const open = async (tasks: readonly Task[]) => {
    const { outputs } = buildModel(info.model, { tasks, vocabularies: info.vocabularies });
    const { slots } = collectParameters((parameter) => {
      buildModel(info.model, { tasks, vocabularies: info.vocabularies, parameter });
    });
    const own = new Map(
      slots.flatMap((slot): [string, Float32Array][] =>
        slot.name.startsWith('tasks.plugin') ? [[slot.name, initialValues(slot, 1)]] : [],
      ),
    );
    const parameters = {
      ...checkpoint,
      read: async (name: string) => own.get(name) ?? checkpoint.read(name),
    };
    const session = await runtime.open((target, { external }) =>
      exportOnnx({ outputs, parameters, target, external }),
    );
    return () => session.run({ image });
  };
  const base: readonly Task[] = allTasks();
  const plugins = ['pluginA', 'pluginB', 'pluginC'].map((name) =>
    classify(name, { id: 'x@1', labels: ['no', 'yes'] }),
  );
  const runs = {
    all: await open(base),
    again: await open(base), // the noise of the measurement
    onePlugin: await open([...base, plugins[0]!]),
    threePlugins: await open([...base, ...plugins]),
    withoutParsing: await open(base.filter(({ name }) => name !== 'parsing')),
    ageAlone: await open(base.filter(({ name }) => name === 'age')),
  };
  const expected = await runs.all();
  const found = await Promise.all(Object.values(runs).map((run) => run()));
  const same = found.every((outputs) =>
    Object.entries(outputs).every(
      ([name, { data: values }]) =>
        name.startsWith('plugin') ||
        Buffer.from(values.buffer).equals(Buffer.from(expected[name]!.data.buffer)),
    ),
  );
  return { runs, same };
}
