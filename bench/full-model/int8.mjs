/**
 * A checkpoint that is rounded to int8 when it is opened, against one that is stored in int8: size, time to a ready session
 * and peak memory, of fresh processes that take turns, on 2 CPU threads. Writes int8.json beside this file.
 *
 * usage: node bench/full-model/int8.mjs facexformer.safetensors facexformer-int8.safetensors [rounds]
 *   both by "facexformer convert", the second with --precision int8
 */
import { execFileSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cpu, load, median } from '../machine.mjs';

const [fp32, int8, rounds = '5'] = process.argv.slice(2);
if (!fp32 || !int8) {
  console.error(
    'usage: node bench/full-model/int8.mjs facexformer.safetensors facexformer-int8.safetensors [rounds]',
  );
  process.exit(2);
}
const files = { opened: fp32, stored: int8 };
const busy = load();
const starts = { opened: [], stored: [] };
for (let round = 0; round < Number(rounds); round += 1) {
  for (const [name, file] of Object.entries(files)) {
    const out = execFileSync('node', [join(import.meta.dirname, 'ready.mjs'), 'int8', file], {
      encoding: 'utf8',
    });
    starts[name].push(JSON.parse(out.trim().split('\n').at(-1)));
  }
}
const figures = (name) => ({
  bytes: statSync(files[name]).size,
  readyMs: Math.round(median(starts[name].map(({ readyMs }) => readyMs))),
  peakMb: Math.round(median(starts[name].map(({ peakMb }) => peakMb))),
});
const result = {
  cpu,
  load: busy,
  rounds: Number(rounds),
  opened: figures('opened'),
  stored: figures('stored'),
};
const ratio = (of) => Number((result.stored[of] / result.opened[of]).toFixed(2));
const ratios = { bytes: ratio('bytes'), readyMs: ratio('readyMs'), peakMb: ratio('peakMb') };
console.log({ ...result, ratios });
writeFileSync(
  join(import.meta.dirname, 'int8.json'),
  `${JSON.stringify({ ...result, ratios }, undefined, 2)}\n`,
);
