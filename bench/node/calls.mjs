/**
 * Photos per second of eight calls, one after the other and at once, in the calling thread and in workers, on a photo of
 * one face (256 x 256): `node bench/node/calls.mjs [rounds] [workers] [full.safetensors]`, on the built packages. The
 * ways alternate in one process; medians. Writes calls.json.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { cpu, load, median } from '../machine.mjs';
import { atOnce, inTurn, models, openAnalyzer, photoOf } from './calls-at-once.mjs';
import { currentCommit } from './revision.mjs';

const [rounds = '7', workers = String(availableParallelism()), full] = process.argv.slice(2);
const photo = await photoOf(1);
const loadBefore = load();
const short = (value) => Number(value.toFixed(2));
const figures = {};
for (const [model, weights] of Object.entries(models(full))) {
  const here = await openAnalyzer(weights, {});
  const there = await openAnalyzer(weights, { workers: Number(workers) });
  const ways = {
    'in turn': () => inTurn(here, photo),
    'at once': () => atOnce(here, photo),
    'in turn, workers': () => inTurn(there, photo),
    'at once, workers': () => atOnce(there, photo),
  };
  const times = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
  for (let round = -1; round < Number(rounds); round += 1) {
    for (const [way, run] of Object.entries(ways)) {
      const start = performance.now();
      const results = await run();
      if (results.some((faces) => faces.length !== 1)) throw new Error('not every face was found');
      if (round >= 0) times[way].push((performance.now() - start) / 1000);
    }
  }
  await Promise.all([here.dispose(), there.dispose()]);
  const rates = Object.entries(times).map(([way, list]) => [way, 8 / median(list)]);
  figures[model] = {
    photosPerSecond: Object.fromEntries(rates.map(([way, rate]) => [way, short(rate)])),
    'ratio to in turn': Object.fromEntries(rates.map(([way, rate]) => [way, short(rate / rates[0][1])])),
  };
}
const report = {
  command: `node bench/node/calls.mjs ${rounds} ${workers}${full ? ' full.safetensors' : ''}`,
  date: new Date().toISOString().slice(0, 10),
  commit: currentCommit(),
  cpu,
  workers: Number(workers),
  load: [loadBefore, load()],
  ...figures,
};
writeFileSync(join(import.meta.dirname, 'calls.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(report, null, 2));
