import type { Checkpoint } from '../checkpoint/checkpoint.js';
import { evaluator } from '../graph/evaluate/evaluate.js';
import type { Pixels } from '../image/pixels.js';
import { buildModel, IMAGE_INPUT } from '../model/build.js';
import type { Runtime, Session } from '../runtime/runtime.js';
import type { Task } from '../task/task.js';

/**
 * A runtime without an engine: evaluates the model's graph in plain TypeScript, in double precision inside each
 * operation. Takes seconds for a small model and hours for a large one; other runtimes are measured against it.
 */
export function referenceRuntime(checkpoint: Checkpoint, tasks: readonly Task[]): Runtime<Pixels> {
  return {
    name: 'reference',
    decode: async (pixels) => pixels,
    async open(): Promise<Session> {
      const { model, vocabularies } = checkpoint.info;
      const { outputs } = buildModel(model, { tasks, vocabularies });
      const parameters = new Map<string, Float32Array>();
      for (const name of checkpoint.tensors.keys()) parameters.set(name, await checkpoint.read(name));
      return {
        inputs: [IMAGE_INPUT],
        outputs: Object.keys(outputs),
        device: 'reference',
        async run(feeds) {
          const batch = feeds[IMAGE_INPUT]!.dims[0]!;
          const evaluate = evaluator({ inputs: feeds, parameters, batch });
          return Object.fromEntries(
            Object.entries(outputs).map(([name, value]) => {
              const { dims, data } = evaluate(value);
              return [name, { dims, data: Float32Array.from(data) }];
            }),
          );
        },
        dispose: async () => undefined,
      };
    },
  };
}
