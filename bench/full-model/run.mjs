/**
 * The full model (Swin-B, 224) against a plain PyTorch export, on 2 CPU threads: latency, time to a ready session,
 * peak memory. Everything alternates; medians and ratios are reported.
 *
 * usage: node bench/full-model/run.mjs weights.safetensors plain.onnx [rounds]
 *   weights.safetensors: official tensor names (node bench/full-model/make-weights.mjs)
 *   plain.onnx: python bench/full-model/plain_export.py weights.safetensors plain.onnx
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cpu, median } from '../machine.mjs';
import { pictures, variants } from './variants.mjs';

const [weights, plain, rounds = '15'] = process.argv.slice(2);
if (!weights || !plain) {
  console.error('usage: node bench/full-model/run.mjs weights.safetensors plain.onnx [rounds]');
  process.exit(2);
}

const here = import.meta.dirname;

const starts = { plain: [], fp32: [], int8: [] };
for (let round = 0; round < 3; round += 1) {
  for (const name of Object.keys(starts)) {
    const out = execFileSync('node', [join(here, 'ready.mjs'), name, weights, plain], { encoding: 'utf8' });
    starts[name].push(JSON.parse(out.trim().split('\n').at(-1)));
  }
}

const open = variants({ weights, plain });
const cases = [];
for (const [name, batch] of [
  ['plain', 1],
  ['fp32', 1],
  ['fp32', 8],
  ['int8', 1],
  ['int8', 8],
]) {
  // A session for each: one that changes its batch all the time plans its memory anew.
  cases.push({ name, batch, run: await open[name](), input: pictures(batch), times: [] });
}
for (let round = -2; round < Number(rounds); round += 1) {
  for (const { batch, run, input, times } of cases) {
    const started = performance.now();
    await run(input);
    if (round >= 0) times.push((performance.now() - started) / batch);
  }
}

const latency = Object.fromEntries(
  cases.map(({ name, batch, times }) => [`${name} batch ${batch}`, median(times)]),
);
const start = Object.fromEntries(
  Object.entries(starts).map(([name, list]) => [
    name,
    { readyMs: median(list.map((x) => x.readyMs)), peakMb: median(list.map((x) => x.peakMb)) },
  ]),
);
const ratios = {
  'fp32 / plain, batch 1': latency['fp32 batch 1'] / latency['plain batch 1'],
  'fp32 batch 8 / batch 1, per face': latency['fp32 batch 8'] / latency['fp32 batch 1'],
  'fp32 / int8, batch 1': latency['fp32 batch 1'] / latency['int8 batch 1'],
  'ready: plain / fp32': start.plain.readyMs / start.fp32.readyMs,
  'peak memory: fp32 / plain': start.fp32.peakMb / start.plain.peakMb,
};
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const report = {
  command: 'node bench/full-model/run.mjs weights.safetensors plain.onnx',
  date: new Date().toISOString().slice(0, 10),
  commit,
  cpu,
  rounds: Number(rounds),
  'milliseconds per face, median': latency,
  start,
  ratios,
};
writeFileSync(join(here, 'result.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(report, null, 2));
