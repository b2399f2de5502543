import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nodeRuntime } from '@facexformer/runtime-node';
import { recognition } from '@facexformer/task-recognition';
import { allTasks } from '@facexformer/tasks';
import { parseRecipe, processEngine, runtimeEngine } from '@facexformer/train';
import { checkComposition } from './check.js';
import { keepLatencies } from './latencies.js';
import { planVariant } from './plan.js';
import type { Settings } from './settings.js';
import { trainVariant, trial } from './trial.js';
import type { Variant } from './variant.js';
import { VARIANTS } from './variants.js';

const OPTIONS = {
  steps: { type: 'string', default: '3000' },
  size: { type: 'string', default: '64' },
  batch: { type: 'string', default: '64' },
  seeds: { type: 'string', default: '1,2' },
  only: { type: 'string', default: '' },
  engine: { type: 'string', default: '' },
  threads: { type: 'string', default: '1' },
  lanes: { type: 'string', default: '1' },
  recipe: { type: 'string', default: 'training/mini.json' },
  cache: { type: 'string', default: '.cache/train' },
  out: { type: 'string', default: 'bench/design/results' },
  scratch: { type: 'string', default: '.cache/design' },
  'latency-size': { type: 'string', default: '128' },
  turns: { type: 'string', default: '30' },
  faces: { type: 'string', default: '1500' },
  list: { type: 'boolean', default: false },
  estimate: { type: 'boolean', default: false },
  latency: { type: 'boolean', default: false },
} as const;

/** Runs what is not done yet: latencies, then trials in order of priority; every finished one is a file. */
export async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const wanted = values.only.split(',').filter(Boolean);
  const variants = VARIANTS.filter(
    ({ name, experiment }) => wanted.length === 0 || wanted.includes(name) || wanted.includes(experiment),
  );
  if (values.list) {
    for (const { name, experiment, says } of variants) console.log(`${name}\t${experiment}\t${says}`);
    return;
  }
  const settings = settingsOf(values);
  checkComposition(settings);
  for (const folder of [settings.out, settings.scratch]) mkdirSync(folder, { recursive: true });
  if (values.estimate) return estimate(variants, settings, Number(values.steps));
  for (const variant of variants) await keepLatencies(variant, settings);
  if (values.latency) return;
  const command = `node bench/design/run.mjs ${args.join(' ')}`.trim();
  const seeds = values.seeds.split(',').map(Number);
  const [base, ...others] = variants;
  const order = [
    ...seeds.map((seed) => ({ variant: base, seed })), // both at once tell how far chance goes
    ...seeds.flatMap((seed) => others.map((variant) => ({ variant, seed }))),
  ];
  const queue = order.values(); // shared: every lane takes what is next
  const lane = async (): Promise<void> => {
    for (const { variant, seed } of queue) {
      if (!variant) continue;
      try {
        await once(variant, seed, settings, command);
      } catch (error) {
        console.error(`${variant.name}, seed ${seed}:`, error); // nobody watches: the others go on
        process.exitCode = 1;
      }
    }
  };
  await Promise.all(Array.from({ length: Number(values.lanes) }, lane));
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

function settingsOf(values: Values): Settings {
  const recipe = parseRecipe(readFileSync(values.recipe, 'utf8'), allTasks(), [recognition()]);
  const joint = recipe.batch.reduce((sum, { rows }) => sum + rows, 0);
  const share = Number(values.batch) / joint;
  const runtime = nodeRuntime({ device: 'cpu', threads: Number(values.threads) });
  return {
    recipe,
    rows: recipe.batch.map(({ set, rows }) => ({ set, rows: Math.max(1, Math.round(rows * share)) })),
    steps: values.estimate ? 4 : Number(values.steps),
    size: Number(values.size),
    latencySize: Number(values['latency-size']),
    turns: Number(values.turns),
    faces: Number(values.faces),
    runtime,
    engine: values.engine ? processEngine(values.engine.split(' ')) : runtimeEngine(runtime),
    cache: values.cache,
    out: values.out,
    scratch: values.scratch,
  };
}

/** A trial, unless a file says that it was run with the same settings. */
async function once(variant: Variant, seed: number, settings: Settings, command: string): Promise<void> {
  const { steps, size, out, rows } = settings;
  const path = join(out, `${variant.name}-${seed}.json`);
  const batch = rows.reduce((sum, { rows: count }) => sum + count, 0);
  const conditions = { steps, size, batch, seed };
  if (existsSync(path)) {
    const known = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, unknown>>;
    if (Object.entries(conditions).every(([name, value]) => known[name] === value)) return;
  }
  const started = Date.now();
  const result = await trial(variant, settings, seed);
  const { name, experiment, says } = variant;
  const minutes = Number(((Date.now() - started) / 60_000).toFixed(1));
  const head = { name, experiment, says, ...conditions, command, date: new Date().toISOString() };
  const report = { ...head, cpu: `${cpus()[0]?.model}, ${cpus().length} cores`, minutes, ...result };
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`);
  console.log(JSON.stringify({ name, seed, minutes, parameters: result.parameters, ...result.metrics }));
}

/** Times a few steps of each variant, for what all would take. */
async function estimate(variants: readonly Variant[], settings: Settings, steps: number): Promise<void> {
  let total = 0;
  for (const variant of variants) {
    const planned = await planVariant(variant, settings, 1);
    const { secondsPerStep } = await trainVariant(variant, planned, settings, 1);
    const minutes = (secondsPerStep * steps) / 60;
    total += minutes;
    console.log(
      `${variant.name}\t${secondsPerStep} s a step\t${minutes.toFixed(1)} minutes for ${steps} steps`,
    );
  }
  console.log(`${total.toFixed(0)} minutes a seed in all, besides latency and validation`);
}
