import { cpus } from 'node:os';
import type { ModelConfig, Session } from '@facexformer/core';
import { sizeOf } from '@facexformer/core/graph';
import { assembleModel, IMAGE_INPUT, modelBuilder, openNetworks } from '@facexformer/core/model';
import { nodeRuntime } from '@facexformer/runtime-node';
import { openModelWithTasks } from '../models/open-model.js';
import { type Command, UsageError } from '../terminal/command.js';
import { count, oneOf, parse, precisionOf } from '../terminal/options.js';

/** Runs before the first that counts. */
const WARM_UP = 2;

export const bench: Command = {
  name: 'bench',
  summary: 'measure the latency of a model on this machine',
  help: `usage: facexformer bench [options]

  --checkpoint FILE   model to measure (default: the embedded model)
  --device D          auto, cpu, cuda or webgpu (default auto)
  --precision P       fp32 or int8 (default: int8 where the checkpoint is stored so, else fp32)
  --plugin FILE       also this task, trained with train-task (may be given several times)
  --batch A,B         faces at once (default 1,8)
  --runs N            timed runs of each (default 15)
  --threads N         CPU threads

example:
  facexformer bench --checkpoint facexformer.safetensors --batch 1,4,8`,
  async run(args, { out, signal }) {
    const { values } = parse(args, {
      checkpoint: { type: 'string' },
      device: { type: 'string', default: 'auto' },
      precision: { type: 'string' },
      plugin: { type: 'string', multiple: true },
      batch: { type: 'string', default: '1,8' },
      runs: { type: 'string', default: '15' },
      threads: { type: 'string' },
    });
    const device = oneOf('device', values.device, ['auto', 'cpu', 'cuda', 'webgpu']);
    const precision = precisionOf(values.precision);
    const threads = count('threads', values.threads);
    const runs = count('runs', values.runs)!;
    const batches = values.batch.split(',').map((batch) => count('batch', batch)!);
    if (batches.some((batch) => batch > 64)) throw new UsageError('--batch takes at most 64 faces');
    const { checkpoint, tasks } = await openModelWithTasks(values.checkpoint, undefined, values.plugin);
    try {
      const { model, provenance } = checkpoint.info;
      const started = performance.now();
      const { session } = await openNetworks({
        runtime: nodeRuntime({ device, ...(threads && { threads }) }),
        model: modelBuilder({ ...assembleModel(checkpoint, tasks), precision }),
        signal,
      });
      const ready = performance.now() - started;
      out(
        `${provenance.name}, ${precision ?? 'precision as stored'}, on ${session.device} (${cpus()[0]?.model}, ${threads ?? 'default'} threads)`,
      );
      out(`  ready after ${ready.toFixed(0)} ms`);
      const times = await measure(session, model, batches, runs, signal).finally(() => session.dispose());
      for (const [batch, list] of times) {
        const middle = list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;
        out(
          `  batch ${batch}: ${middle.toFixed(1)} ms per face, ${(1000 / middle).toFixed(1)} faces per second`,
        );
      }
    } finally {
      await checkpoint.close();
    }
  },
};

/** Times in milliseconds per face, by batch; the batches take turns, so that what else the machine does hits all. */
async function measure(
  session: Session,
  { input }: ModelConfig,
  batches: readonly number[],
  runs: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, readonly number[]>> {
  const times = new Map<number, number[]>(batches.map((batch) => [batch, []]));
  for (let run = -WARM_UP; run < runs; run += 1) {
    for (const batch of batches) {
      const dims = [batch, 3, input.height, input.width];
      const image = { dims, data: new Float32Array(sizeOf(dims)).fill(0.1) };
      const begun = performance.now();
      await session.run({ [IMAGE_INPUT]: image }, { signal });
      if (run >= 0) times.get(batch)!.push((performance.now() - begun) / batch);
    }
  }
  return times;
}
