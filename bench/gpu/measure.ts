/**
 * The full model (Swin-B, 224, generated weights) by the Node runtime on every device that starts: agreement with the
 * CPU and faces per second. `measure.mjs OUT [batches] [rounds]`, on the machine with the GPU; see README.md.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { type Checkpoint, openCheckpoint, type Tensor } from '@facexformer/core';
import { writeSafetensors } from '@facexformer/core/formats';
import { exportOnnx } from '@facexformer/core/graph';
import { buildModel } from '@facexformer/core/model';
import { writeFile } from '@facexformer/files';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';
import tensors from '../../fixtures/official-tensors.json' with { type: 'json' };
import { type OfficialTensor, portableSafetensors } from '../../packages/test-utils/src/portable-weights.js';
import { median } from '../machine.mjs';

const [out = 'out', batchList = '1,8,32', roundList = '20'] = process.argv.slice(2);
const batches = batchList.split(',').map(Number);
const WARM_UP = 2;
/** Faces whose answers are compared. */
const COMPARED = 2;

/** Made-up pictures [batch, 3, 224, 224], the same in `peer.py`. */
const pictures = (batch: number): Tensor => ({
  dims: [batch, 3, 224, 224],
  data: new Float32Array(batch * 3 * 224 * 224).map((_, i) => Math.sin(i)),
});

type Answers = Readonly<Record<string, Tensor>>;

async function measure(checkpoint: Checkpoint, device: 'cpu' | 'cuda' | 'webgpu', cpu: Answers | undefined) {
  const { model, vocabularies } = checkpoint.info;
  const tasks = allTasks().filter(({ name }) => name in vocabularies);
  const { outputs } = buildModel(model, { tasks, vocabularies });
  const begun = performance.now();
  const session = await nodeRuntime({ device }).open((target, { external }) =>
    exportOnnx({ outputs, parameters: checkpoint, target, precision: 'fp32', external }),
  );
  const readyMs = performance.now() - begun;
  const answers = await session.run({ image: pictures(COMPARED) });
  const facesPerSecond: Record<string, number> = {};
  for (const batch of batches) {
    const image = pictures(batch);
    const times: number[] = [];
    for (let round = -WARM_UP; round < Number(roundList); round += 1) {
      const started = performance.now();
      await session.run({ image });
      if (round >= 0) times.push(performance.now() - started);
    }
    facesPerSecond[batch] = (1000 * batch) / median(times);
  }
  await session.dispose();
  return {
    answers,
    figures: { device, readyMs, facesPerSecond, ...(cpu && { apart: apart(answers, cpu) }) },
  };
}

/** The largest difference of each output from the CPU's, over the largest of the CPU's numbers. */
const apart = (answers: Answers, cpu: Answers): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(cpu).map(([name, { data }]) => {
      const other = answers[name]!.data;
      const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
      return [
        name,
        data.reduce((most, value, i) => Math.max(most, Math.abs(value - other[i]!)), 0) / largest,
      ];
    }),
  );

mkdirSync(out, { recursive: true });
const weights = `${out}/weights.safetensors`; // not brought back: too large
if (!existsSync(weights)) {
  const { plan, read } = portableSafetensors(tensors as unknown as readonly OfficialTensor[]);
  await writeFile(weights, writeSafetensors(plan, read));
}
const checkpoint = await openCheckpoint(await fileSource(weights));
let reference: Answers | undefined;
const results: object[] = [];
for (const device of ['cpu', 'webgpu', 'cuda'] as const) {
  try {
    const { answers, figures } = await measure(checkpoint, device, reference);
    reference ??= answers;
    results.push(figures);
  } catch (cause) {
    results.push({ device, failed: (cause as Error).message });
  }
  console.log(JSON.stringify(results.at(-1)));
  const report = { cpu: cpus()[0]?.model, rounds: Number(roundList), precision: 'fp32', results };
  writeFileSync(`${out}/node.json`, `${JSON.stringify(report, null, 2)}\n`);
}
for (const [name, { data }] of Object.entries(reference ?? {})) {
  writeFileSync(`${out}/cpu-${name}.f32`, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}
