/** Our half of the comparison: writes weights and batch for PyTorch, then takes steps in turn with it. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';
import { initialVector, namedTensors } from '@facexformer/autodiff';
import { encodeSafetensors } from '@facexformer/core/formats';
import { nodeRuntime } from '@facexformer/runtime-node';
import { recognition } from '@facexformer/task-recognition';
import { ageBinCentres, allTasks } from '@facexformer/tasks';
import { parseRecipe, planOf, planParameters, planSteps } from '@facexformer/train';
import { openGraph } from '../../packages/train/src/engine/open-graph.js';
import { createStepper, stepSettings } from '../../packages/train/src/engine/stepper.js';
import { unmoved } from '../../packages/train/src/engine/vectors.js';
import { lossNames, stepGraph } from '../../packages/train/src/whole/plan/step.js';
import { noiseBatch } from './noise-batch.js';

const [python, size = '96', threads = '2', rounds = '12'] = process.argv.slice(2) as [string, ...string[]];
const folder = '.cache/bench/train';
mkdirSync(folder, { recursive: true });
const recipe = parseRecipe(readFileSync('training/mini.json', 'utf8'), allTasks(), [recognition()]);
const masks = recipe.batch[0]!.rows;
const rows = recipe.batch.reduce((sum, set) => sum + set.rows, 0);
const plan = planSteps(planOf(recipe, { size: Number(size) }), rows, { parsing: masks });
const declared = planParameters(plan);
const { slots } = declared;
const start = initialVector(declared, plan.seed);

const batch = noiseBatch(plan);
const tensor = (name: string, shape: readonly number[], data: Float32Array) => ({
  name,
  shape,
  data,
  dtype: 'F32' as const,
});
const { tensors, read } = namedTensors(start, declared, plan.seed);
writeFileSync(
  `${folder}/weights.safetensors`,
  await encodeSafetensors(
    await Promise.all([...tensors].map(async ([name, { shape }]) => tensor(name, shape, await read(name)))),
  ),
);
writeFileSync(
  `${folder}/batch.safetensors`,
  await encodeSafetensors(Object.entries(batch).map(([name, { dims, data }]) => tensor(name, dims, data))),
);
const { model, weights, weightDecay, clip } = plan;
const ageCentres = ageBinCentres(plan.vocabularies.age!);
writeFileSync(
  `${folder}/plan.json`,
  JSON.stringify({
    model,
    weights,
    weightDecay,
    clip,
    masks,
    ageCentres,
    slots: slots.map(({ name }) => name),
  }),
);

const session = await openGraph(
  nodeRuntime({ device: 'cpu', threads: Number(threads) }),
  stepGraph(plan, declared),
);
const stepper = createStepper(session, unmoved(start));
const oneStep = async (number: number) => {
  const began = performance.now();
  const { losses, norm } = await stepper.step(batch, stepSettings(number, 1e-4, 0.002));
  return { ms: performance.now() - began, losses: losses!.data, norm: norm!.data[0]! };
};

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
const gradient = stepper.vectors().first.map((value) => (value / 0.1) * Math.max(mine.norm / clip, 1));
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
  ...lossNames(plan).map((name, i) => Math.abs(mine.losses[i]! - torch.losses![name]!)),
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
  batch: rows,
  parameters: declared.length,
  lossDifference,
  gradient: { slots: compared.length, worst: compared[0], median: compared[compared.length >> 1]!.relative },
  medianMs: { ours: median(ours), torch: median(theirs) },
  ratio: median(ours.map((ms, i) => ms / theirs[i]!)),
};
console.log(JSON.stringify(result, null, 2));
writeFileSync('bench/train/result.json', `${JSON.stringify(result, null, 2)}\n`);
