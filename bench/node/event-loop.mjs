/**
 * The longest gap in the turns of the event loop while eight calls at once analyse a photo of seven faces (1024 x 512), in
 * the calling thread and in workers: `node bench/node/event-loop.mjs [rounds] [workers] [full.safetensors]`, on the built
 * packages. The two alternate in one process; the median and the largest of the rounds. Writes event-loop.json.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { cpu, load, median } from '../machine.mjs';
import { atOnce, models, openAnalyzer, photoOf } from './calls-at-once.mjs';
import { currentCommit } from './revision.mjs';

const [rounds = '10', workers = String(availableParallelism()), full] = process.argv.slice(2);
const photo = await photoOf(7);
const loadBefore = load();
const gaps = {};
for (const [model, weights] of Object.entries(models(full))) {
  const analyzers = {
    'calling thread': await openAnalyzer(weights, {}),
    workers: await openAnalyzer(weights, { workers: Number(workers) }),
  };
  const longest = { 'calling thread': [], workers: [] };
  for (let round = -1; round < Number(rounds); round += 1) {
    for (const [place, analyzer] of Object.entries(analyzers)) {
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      const results = await atOnce(analyzer, photo);
      delay.disable();
      if (results.some((faces) => faces.length !== 7)) throw new Error('not every face was found');
      if (round >= 0) longest[place].push(delay.max / 1e6);
    }
  }
  for (const analyzer of Object.values(analyzers)) await analyzer.dispose();
  gaps[model] = Object.fromEntries(
    Object.entries(longest).map(([place, list]) => [
      place,
      { median: Number(median(list).toFixed(1)), longest: Number(Math.max(...list).toFixed(1)) },
    ]),
  );
}
const report = {
  command: `node bench/node/event-loop.mjs ${rounds} ${workers}${full ? ' full.safetensors' : ''}`,
  date: new Date().toISOString().slice(0, 10),
  commit: currentCommit(),
  cpu,
  workers: Number(workers),
  load: [loadBefore, load()],
  'longest gap of a round, milliseconds': gaps,
};
writeFileSync(join(import.meta.dirname, 'event-loop.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(report, null, 2));
