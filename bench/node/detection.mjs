/**
 * What detection costs, beside an earlier commit: `node bench/node/detection.mjs [rounds] [threads] [commit]`. A photo of
 * 512 x 512, one of 4000 x 4000 with a face of 400 pixels. Before and after alternate in one process. Milliseconds of the
 * wall clock and of the processor (all threads), medians; on a busy machine only the latter and ratios tell something.
 * Writes detection.json.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cpu, load, median } from '../machine.mjs';
import { currentCommit, importCurrent, importRevision } from './revision.mjs';

const [rounds = '15', threads = '2', commit = '2f6f846'] = process.argv.slice(2);
const root = join(import.meta.dirname, '../..');
const sharp = createRequire(join(root, 'packages/runtime-node/package.json'))('sharp');
const ASTRONAUT = join(root, 'fixtures/astronaut.png');
const WEIGHTS = join(root, 'packages/model-mini/weights/mini.safetensors');

const SOURCE = `
  export { createAnalyzer, openCheckpoint } from '@facexformer/core';
  export { blazeFace } from '@facexformer/detector';
  export { fileSource, nodeRuntime } from '@facexformer/runtime-node';
  export { allTasks } from '@facexformer/tasks';
`;

/**
 * The astronaut, whose face is a fifth of her picture, on a background of a few colours; with a sensor's noise, without which it would decode several times as fast as a photo.
 */
async function largePhoto() {
  const colours = await sharp(ASTRONAUT).resize(6, 6).png().toBuffer();
  const background = await sharp(colours).resize(4000, 4000, { kernel: 'cubic' }).png().toBuffer();
  const input = await sharp(ASTRONAUT).resize(1950, 1950).png().toBuffer();
  return sharp(background)
    .composite([{ input, left: 900, top: 1000 }])
    .jpeg({ quality: 90 })
    .toBuffer();
}

const photos = {
  '512 x 512': await sharp(ASTRONAUT).jpeg({ quality: 92 }).toBuffer(),
  '4000 x 4000': await largePhoto(),
};

async function open({ createAnalyzer, openCheckpoint, blazeFace, fileSource, nodeRuntime, allTasks }) {
  const runtime = nodeRuntime({ threads: Number(threads) });
  const detector = blazeFace();
  const checkpoint = await openCheckpoint(await fileSource(WEIGHTS));
  return {
    runtime,
    detector: await detector(runtime),
    analyzer: await createAnalyzer({ runtime, checkpoint, detector, tasks: allTasks() }),
  };
}

const sides = {
  before: await open(await importRevision(commit, SOURCE)),
  after: await open(await importCurrent(SOURCE)),
};

const loadBefore = load();
const results = [];
for (const [photo, jpeg] of Object.entries(photos)) {
  const pixels = await sides.after.runtime.decode(jpeg);
  const steps = {
    decoding: () => sides.after.runtime.decode(jpeg),
    'detection, before': () => sides.before.detector.detect(pixels),
    'detection, after': () => sides.after.detector.detect(pixels),
    'decoding to answers, before': () => sides.before.analyzer.analyze(jpeg),
    'decoding to answers, after': () => sides.after.analyzer.analyze(jpeg),
  };
  const times = Object.fromEntries(
    Object.keys(steps).map((step) => [step, { wallMs: [], cpuMs: [], faces: 0 }]),
  );
  for (let round = -2; round < Number(rounds); round += 1) {
    for (const [step, run] of Object.entries(steps)) {
      const [start, used] = [performance.now(), process.cpuUsage()];
      const { length } = await run();
      const { user, system } = process.cpuUsage(used);
      times[step].faces = length;
      if (round < 0) continue;
      times[step].wallMs.push(performance.now() - start);
      times[step].cpuMs.push((user + system) / 1000);
    }
  }
  const short = (value) => Number(value.toFixed(1));
  const medians = Object.fromEntries(
    Object.entries(times).map(([step, { wallMs, cpuMs, faces }]) => [
      step,
      { wallMs: short(median(wallMs)), cpuMs: short(median(cpuMs)), ...(faces !== undefined && { faces }) },
    ]),
  );
  const ratio = (a, b) => ({
    wall: short(median(times[a].wallMs) / median(times[b].wallMs)),
    cpu: short(median(times[a].cpuMs) / median(times[b].cpuMs)),
  });
  const ratios = {
    'detection, before / after': ratio('detection, before', 'detection, after'),
    'decoding to answers, after / decoding': ratio('decoding to answers, after', 'decoding'),
  };
  results.push({ photo, medians, ratios });
  console.log(JSON.stringify(results.at(-1), null, 2));
}
const report = {
  command: `node bench/node/detection.mjs ${rounds} ${threads} ${commit}`,
  date: new Date().toISOString().slice(0, 10),
  before: commit,
  after: currentCommit(),
  cpu,
  threads: Number(threads),
  rounds: Number(rounds),
  load: [loadBefore, load()],
  results,
};
writeFileSync(join(import.meta.dirname, 'detection.json'), `${JSON.stringify(report, null, 2)}\n`);
process.exit(0);
