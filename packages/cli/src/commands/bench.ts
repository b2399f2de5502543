import { cpus } from 'node:os';
import { exportOnnx } from '@facexformer/core/graph';
import { buildModel, IMAGE_INPUT } from '@facexformer/core/model';
import { nodeRuntime } from '@facexformer/runtime-node';
import { openModelWithTasks } from '../models/open-model.js';
import { type Command, UsageError } from '../terminal/command.js';
import { count, oneOf, parse } from '../terminal/options.js';

export const bench: Command = {
  name: 'bench',
  summary: 'measure the latency of a model on this machine',
  help: `usage: facexformer bench [options]

  --checkpoint FILE   model to measure (default: the embedded model)
  --device D          auto, cpu, cuda or webgpu (default auto)
  --precision P       fp32 or int8 (default fp32)
  --batch A,B         faces at once (default 1,8)
  --runs N            timed runs of each (default 15)
  --threads N         CPU threads

example:
  facexformer bench --checkpoint facexformer.safetensors --batch 1,4,8`,
  async run(args, { out, signal }) {
    const { values } = parse(args, {
      checkpoint: { type: 'string' },
      device: { type: 'string', default: 'auto' },
      precision: { type: 'string', default: 'fp32' },
      batch: { type: 'string', default: '1,8' },
      runs: { type: 'string', default: '15' },
      threads: { type: 'string' },
    });
    const device = oneOf('device', values.device, ['auto', 'cpu', 'cuda', 'webgpu']);
    const precision = oneOf('precision', values.precision, ['fp32', 'int8']);
    const threads = count('threads', values.threads);
    const runs = count('runs', values.runs)!;
    const batches = values.batch.split(',').map((batch) => count('batch', batch)!);
    if (batches.some((batch) => batch > 64)) throw new UsageError('--batch takes at most 64 faces');
    const { checkpoint, tasks } = await openModelWithTasks(values.checkpoint, undefined);
    const { model, vocabularies, provenance } = checkpoint.info;
    const { outputs } = buildModel(model, { tasks, vocabularies });
    const started = performance.now();
    const session = await nodeRuntime({ device, ...(threads && { threads }) }).open((target, { external }) =>
      exportOnnx({ outputs, parameters: checkpoint, target, precision, external }),
    );
    const ready = performance.now() - started;
    out(
      `${provenance.name}, ${precision}, on ${session.device} (${cpus()[0]?.model}, ${threads ?? 'default'} threads)`,
    );
    out(`  ready after ${ready.toFixed(0)} ms`);
    const times = new Map<number, number[]>(batches.map((batch) => [batch, []]));
    for (let run = -2; run < runs; run += 1) {
      for (const batch of batches) {
        const dims = [batch, 3, model.input.height, model.input.width];
        const image = { dims, data: new Float32Array(dims.reduce((a, b) => a * b)).fill(0.1) };
        const begun = performance.now();
        await session.run({ [IMAGE_INPUT]: image }, { signal });
        if (run >= 0) times.get(batch)!.push((performance.now() - begun) / batch);
      }
    }
    for (const [batch, list] of times) {
      const middle = list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;
      out(
        `  batch ${batch}: ${middle.toFixed(1)} ms per face, ${(1000 / middle).toFixed(1)} faces per second`,
      );
    }
    await session.dispose();
    await checkpoint.close();
  },
};
