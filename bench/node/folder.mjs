/**
 * Photos per second of a folder of photos of one face (512 x 512 JPEG), all tasks of the small model: `analyzeMany`, a loop
 * of single calls, and the same loop of an earlier commit. `node bench/node/folder.mjs [photos] [rounds] [threads] [commit]`.
 * The three alternate in one process; medians. Writes folder.json.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpu, load, median } from '../machine.mjs';
import { currentCommit, importCurrent, importRevision } from './revision.mjs';

const [photos = '500', rounds = '3', threads = '2', commit = '2f6f846'] = process.argv.slice(2);
const root = join(import.meta.dirname, '../..');
const sharp = createRequire(join(root, 'packages/runtime-node/package.json'))('sharp');

const SOURCE = `
  export { createAnalyzer, openCheckpoint } from '@facexformer/core';
  export { blazeFace } from '@facexformer/detector';
  export { fileSource, nodeRuntime } from '@facexformer/runtime-node';
  export { allTasks } from '@facexformer/tasks';
`;

async function open({ createAnalyzer, openCheckpoint, blazeFace, fileSource, nodeRuntime, allTasks }) {
  const checkpoint = await openCheckpoint(
    await fileSource(join(root, 'packages/model-mini/weights/mini.safetensors')),
  );
  const runtime = nodeRuntime({ threads: Number(threads) });
  return createAnalyzer({ runtime, checkpoint, detector: blazeFace(), tasks: allTasks() });
}

const folder = mkdtempSync(join(tmpdir(), 'folder-'));
const photo = join(folder, 'photo.jpg');
await sharp(join(root, 'fixtures/astronaut.png')).jpeg({ quality: 92 }).toFile(photo);
const paths = new Array(Number(photos)).fill(photo);

const before = await open(await importRevision(commit, SOURCE));
const after = await open(await importCurrent(SOURCE));

const loop = async (analyzer, list) => {
  let faces = 0;
  for (const path of list) faces += (await analyzer.analyze(path)).length;
  return faces;
};
const ways = {
  analyzeMany: async (list) => {
    let faces = 0;
    for await (const result of after.analyzeMany(list)) faces += result.faces.length;
    return faces;
  },
  loop: (list) => loop(after, list),
  'loop, before': (list) => loop(before, list),
};
for (const run of Object.values(ways)) await run(paths.slice(0, 10));

const loadBefore = load();
const times = Object.fromEntries(Object.keys(ways).map((way) => [way, { wall: [], cpu: [] }]));
for (let round = 0; round < Number(rounds); round += 1) {
  for (const [way, run] of Object.entries(ways)) {
    const [start, used] = [performance.now(), process.cpuUsage()];
    const faces = await run(paths);
    if (faces !== paths.length) throw new Error(`${way} found ${faces} faces of ${paths.length}`);
    const { user, system } = process.cpuUsage(used);
    times[way].wall.push((performance.now() - start) / 1000);
    times[way].cpu.push((user + system) / 1000);
    console.log(`${round} ${way}: ${(paths.length / times[way].wall.at(-1)).toFixed(1)} photos/s`);
  }
}
rmSync(folder, { recursive: true });

const short = (value) => Number(value.toFixed(2));
const report = {
  command: `node bench/node/folder.mjs ${photos} ${rounds} ${threads} ${commit}`,
  date: new Date().toISOString().slice(0, 10),
  before: commit,
  after: currentCommit(),
  cpu,
  threads: Number(threads),
  load: [loadBefore, load()],
  photosPerSecond: Object.fromEntries(
    Object.entries(times).map(([way, { wall }]) => [way, short(paths.length / median(wall))]),
  ),
  cpuMsPerPhoto: Object.fromEntries(
    Object.entries(times).map(([way, { cpu }]) => [way, short(median(cpu) / paths.length)]),
  ),
  ratios: Object.fromEntries(
    ['loop', 'loop, before'].map((way) => [
      `analyzeMany / ${way}`,
      short(median(times[way].wall) / median(times.analyzeMany.wall)),
    ]),
  ),
};
writeFileSync(join(import.meta.dirname, 'folder.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(report, null, 2));
process.exit(0);
