/**
 * What plug-ins cost and what leaving heads out saves, at batch 1: the mini model with all its tasks, with one and with
 * three single-token classification plug-ins, and with fewer heads. All take turns of five runs; medians of the ratios
 * of a turn. CPU time counts beside wall time: on a machine that others use, it is what can be compared. Outputs of
 * the base must be the same bit for bit.
 *
 * usage: node bench/plugin/latency.mjs [rounds, 200] [threads, 1] [model.safetensors] [input size]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cpu, load, median } from '../machine.mjs';
import { importTypeScript } from '../typescript.mjs';

const [rounds = '200', threads = '1', model = 'packages/model-mini/weights/mini.safetensors', size] =
  process.argv.slice(2);
const { variants } = await importTypeScript('bench/plugin/variants.ts');
const loadBefore = load();
const { runs, same } = await variants(model, Number(threads), size && Number(size));

const names = Object.keys(runs);
const RUNS = 5;
const wall = Object.fromEntries(names.map((name) => [name, []]));
const busy = Object.fromEntries(names.map((name) => [name, []]));
for (let round = -5; round < Number(rounds); round += 1) {
  const order = names.map((_, i) => names[(i + round + 5) % names.length]); // nobody always follows the same
  for (const name of order) {
    const [started, used] = [performance.now(), process.cpuUsage()];
    for (let i = 0; i < RUNS; i += 1) await runs[name]();
    if (round < 0) continue;
    const { user, system } = process.cpuUsage(used);
    wall[name].push((performance.now() - started) / RUNS);
    busy[name].push((user + system) / 1000 / RUNS);
  }
}

const each = (pick) => Object.fromEntries(names.map((name) => [name, Number(pick(name).toPrecision(4))]));
const ratios = (times) => each((name) => median(times[name].map((value, i) => value / times.all[i])));
const report = {
  command: `node bench/plugin/latency.mjs ${rounds} ${threads}`,
  date: new Date().toISOString().slice(0, 10),
  cpu: `${cpu}, load before the run ${loadBefore}`,
  'base outputs bit-identical': same,
  'CPU milliseconds at batch 1, median': each((name) => median(busy[name])),
  'CPU time over that of all tasks, median ratio of a turn': ratios(busy),
  'wall milliseconds at batch 1, median': each((name) => median(wall[name])),
  'wall time over that of all tasks, median ratio of a turn': ratios(wall),
};
if (!size) writeFileSync(join(import.meta.dirname, 'latency.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(report, null, 2));
