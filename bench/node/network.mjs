/**
 * What the network costs, crops and answers with it, beside an earlier commit:
 * `node bench/node/network.mjs [rounds] [threads] [commit] [full.safetensors]`. The mini model with one face and with eight, with
 * a plug-in, and, where its weights are given (bench/full-model/make-weights.mjs), the full model. Before and after take turns in
 * one process, each in the lead every second time; medians of the wall clock and of the processor, and of the ratios of a
 * turn. Writes network.json.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { cpu, load, median } from '../machine.mjs';
import { currentCommit, importCurrent, importRevision } from './revision.mjs';

const [rounds = '60', threads = '2', commit = '2f6f846', full] = process.argv.slice(2);
const root = join(import.meta.dirname, '../..');
const sharp = createRequire(join(root, 'packages/runtime-node/package.json'))('sharp');
const MINI = join(root, 'packages/model-mini/weights/mini.safetensors');
const GLASSES = join(root, 'examples/task-eyeglasses/weights/eyeglasses.safetensors');

const SOURCE = `
  export { classify, createAnalyzer, openCheckpoint, openPluginCheckpoint, plugin } from '@facexformer/core';
  export { fileSource, nodeRuntime } from '@facexformer/runtime-node';
  export { allTasks } from '@facexformer/tasks';
`;

const { data, info } = await sharp(join(root, 'fixtures/astronaut.png'))
  .removeAlpha()
  .raw()
  .toBuffer({ resolveWithObject: true });
const pixels = { width: info.width, height: info.height, data: new Uint8Array(data) };
const box = { x: 172, y: 69, width: 107, height: 107 };
const one = { boxes: [box] };
const eight = { boxes: Array.from({ length: 8 }, (_, i) => ({ ...box, x: box.x + i })) };

/** The cases of one version, by name: a call that analyses once. */
async function casesOf(version) {
  const { classify, createAnalyzer, openCheckpoint, openPluginCheckpoint, plugin } = version;
  const { fileSource, nodeRuntime, allTasks } = version;
  const open = async (file, own = []) => {
    const checkpoint = await openCheckpoint(await fileSource(file));
    const known = new Set(checkpoint.info.model.tasks.map(({ name }) => name));
    const tasks = [...allTasks().filter(({ name }) => known.has(name)), ...own];
    return createAnalyzer({ runtime: nodeRuntime({ threads: Number(threads) }), checkpoint, tasks });
  };
  const weights = await openPluginCheckpoint(await fileSource(GLASSES));
  const { name } = weights.info.task;
  const mini = [await open(MINI), await open(MINI)];
  const own = await open(MINI, [plugin(classify(name, weights.info.vocabulary), weights)]);
  const cases = {
    'mini, 1 face': () => mini[0].analyze(pixels, one),
    'mini, 8 faces': () => mini[1].analyze(pixels, eight),
    'mini and a plug-in, 1 face': () => own.analyze(pixels, one),
  };
  if (!full) return cases;
  const whole = [await open(full), await open(full)];
  return {
    ...cases,
    'full model, 1 face': () => whole[0].analyze(pixels, one),
    'full model, 8 faces': () => whole[1].analyze(pixels, eight),
  };
}

const versions = {
  before: await casesOf(await importRevision(commit, SOURCE)),
  after: await casesOf(await importCurrent(SOURCE)),
};
const loadBefore = load();
const results = {};
for (const name of Object.keys(versions.after)) {
  const isFull = name.startsWith('full');
  const turns = isFull ? Math.ceil(Number(rounds) / 6) : Number(rounds);
  const wall = { before: [], after: [] };
  const busy = { before: [], after: [] };
  for (let turn = -2; turn < turns; turn += 1) {
    for (const version of turn % 2 ? ['after', 'before'] : ['before', 'after']) {
      await setTimeout(100); // the engine's threads go on spinning for a while after a run, in the other's way
      const [started, used] = [performance.now(), process.cpuUsage()];
      for (let i = 0; i < (isFull ? 1 : 5); i += 1) await versions[version][name]();
      if (turn < 0) continue;
      const { user, system } = process.cpuUsage(used);
      wall[version].push((performance.now() - started) / (isFull ? 1 : 5));
      busy[version].push((user + system) / 1000 / (isFull ? 1 : 5));
    }
  }
  const told = ({ before, after }) => ({
    before: Number(median(before).toPrecision(4)),
    after: Number(median(after).toPrecision(4)),
    ratio: Number(median(after.map((value, i) => value / before[i])).toPrecision(4)),
  });
  results[name] = { 'wall ms': told(wall), 'processor ms': told(busy) };
  console.log(name, JSON.stringify(results[name]));
}
const report = {
  command: `node bench/node/network.mjs ${rounds} ${threads} ${commit}${full ? ' full.safetensors' : ''}`,
  date: new Date().toISOString().slice(0, 10),
  before: commit,
  after: currentCommit(),
  cpu: `${cpu}, load before the run ${loadBefore}`,
  results,
};
writeFileSync(join(import.meta.dirname, 'network.json'), `${JSON.stringify(report, null, 2)}\n`);
process.exit(0);
