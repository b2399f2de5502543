/** Our half of the comparison: writes weights and batch for PyTorch, then takes steps in turn with it. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';
import { encodeSafetensors } from '@facexformer/core/formats';
import { nodeRuntime } from '@facexformer/runtime-node';
import { parseRecipe, planOf } from '../../packages/train/src/recipe/recipe.js';
import { corrections } from '../../packages/train/src/step/adam.js';
import { initialValues } from '../../packages/train/src/step/parameters.js';
import { LOSS_NAMES, planSlots, stepGraph } from '../../packages/train/src/step/step.js';
import { openGraph } from '../../packages/train/src/trainer/session.js';
import { noiseBatch } from './noise-batch.js';

const [python, size = '96', threads = '2', rounds = '12'] = process.argv.slice(2) as [string, ...string[]];
const folder = '.cache/bench/train';
mkdirSync(folder, { recursive: true });
const recipe = parseRecipe(readFileSync('training/mini.json', 'utf8'));
const plan = planOf(recipe, { size: Number(size), batch: recipe.batch });
const slots = planSlots(plan);
const count = slots.reduce((sum, { length }) => sum + length, 0);
const parameters = new Float32Array(count);
for (const { name, shape, start } of slots) parameters.set(initialValues(name, shape, plan.seed), start);

const batch = noiseBatch(plan.shape);
const tensor = (name: string, shape: readonly number[], data: Float32Array) => ({
  name,
  shape,
  data,
  dtype: 'F32' as const,
});
const frozen = [2, plan.model.decoder.dim / 2];
writeFileSync(
  `${folder}/weights.safetensors`,
  await encodeSafetensors([
    ...slots.map(({ name, shape, start, length }) =>
      tensor(name, shape, parameters.subarray(start, start + length)),
    ),
    tensor(
      'positionalEncoding.gaussian',
      frozen,
      initialValues('positionalEncoding.gaussian', frozen, plan.seed),
    ),
  ]),
);
writeFileSync(
  `${folder}/batch.safetensors`,
  await encodeSafetensors(Object.entries(batch).map(([name, { dims, data }]) => tensor(name, dims, data))),
);
const { model, weights, weightDecay, clip, shape } = plan;
writeFileSync(
  `${folder}/plan.json`,
  JSON.stringify({ model, weights, weightDecay, clip, ...shape, slots: slots.map(({ name }) => name) }),
);

const session = await openGraph(
  nodeRuntime({ device: 'cpu', threads: Number(threads) }),
  stepGraph(plan, slots),
);
const vector = (data: Float32Array) => ({ dims: [count], data });
let state = {
  parameters,
  first: new Float32Array(count),
  second: new Float32Array(count),
  average: parameters,
};
const oneStep = async (number: number) => {
  const began = performance.now();
  const out = await session.run({
    ...batch,
    ...Object.fromEntries(Object.entries(state).map(([name, data]) => [name, vector(data)])),
    settings: vector4(1e-4, ...corrections(number), 0.002),
  });
  state = {
    parameters: out.nextParameters!.data,
    first: out.nextFirst!.data,
    second: out.nextSecond!.data,
    average: out.nextAverage!.data,
  };
  return { ms: performance.now() - began, losses: out.losses!.data, norm: out.norm!.data[0]! };
};
const vector4 = (...values: number[]) => ({ dims: [4], data: Float32Array.from(values) });

const child = spawn(python, ['bench/train/torch_step.py', folder, threads], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
const torchStep = async () => {
  child.stdin.write('step\n');
  return JSON.parse((await answers.next()).value) as { ms: number; losses?: Record<string, number> };
};

const [ours, theirs]: [number[], number[]] = [[], []];
const [mine, torch] = [await oneStep(1), await torchStep()];
// The first moment after one step is a tenth of the clipped gradient.
const gradient = state.first.map((value) => (value / 0.1) * Math.max(mine.norm / clip, 1));
const reference = new Float32Array(readFileSync(`${folder}/torch-gradient.bin`).buffer.slice(0));
const perSlot = slots.map(({ name, start, length }) => {
  let [difference, size2] = [0, 0];
  for (let i = start; i < start + length; i += 1) {
    difference += (gradient[i]! - reference[i]!) ** 2;
    size2 += reference[i]! ** 2;
  }
  return { name, relative: Math.sqrt(difference / (size2 || 1)), norm: Math.sqrt(size2) };
});
const largest = Math.max(...perSlot.map(({ norm }) => norm));
const compared = perSlot.filter(({ norm }) => norm > 1e-5 * largest).sort((a, b) => b.relative - a.relative);
const lossDifference = Math.max(
  ...LOSS_NAMES.map((name, i) => Math.abs(mine.losses[i]! - torch.losses![name]!)),
);
for (let round = 0; round < Number(rounds); round += 1) {
  ours.push((await oneStep(round + 2)).ms);
  theirs.push((await torchStep()).ms);
}
child.stdin.end('end\n');
await session.dispose();
const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const result = {
  date: new Date().toISOString(),
  cpu: cpus()[0]!.model,
  threads: Number(threads),
  size: Number(size),
  batch: shape.batch,
  parameters: count,
  lossDifference,
  gradient: { slots: compared.length, worst: compared[0], median: compared[compared.length >> 1]!.relative },
  medianMs: { ours: median(ours), torch: median(theirs) },
  ratio: median(ours.map((ms, i) => ms / theirs[i]!)),
};
console.log(JSON.stringify(result, null, 2));
writeFileSync('bench/train/result.json', `${JSON.stringify(result, null, 2)}\n`);
