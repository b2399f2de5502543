/**
 * What detection and the rest of an analysis cost, beside an earlier commit: `node bench/node/detection.mjs [rounds]
 * [threads] [commit]`. A photo of 512 x 512, one of seven faces, one of 4000 x 4000 with a face of 400 pixels. Before and
 * after alternate in one process. Milliseconds of the wall clock and of the processor (all threads), medians; on a busy
 * machine only the latter and ratios tell something. Writes detection.json.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { cpu, load, median } from '../machine.mjs';
import { photos } from './photos.mjs';
import { currentCommit, importCurrent, importRevision } from './revision.mjs';

const [rounds = '15', threads = '2', commit = '2f6f846'] = process.argv.slice(2);
/** Milliseconds in which the engine's threads of the step before come to rest; until then they spin on the same cores. */
const REST = 30;
const root = join(import.meta.dirname, '../..');
const WEIGHTS = join(root, 'packages/model-mini/weights/mini.safetensors');

const SOURCE = `
  export { createAnalyzer, openCheckpoint } from '@facexformer/core';
  export { blazeFace } from '@facexformer/detector';
  export { fileSource, nodeRuntime } from '@facexformer/runtime-node';
  export { allTasks } from '@facexformer/tasks';
`;

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
for (const [photo, { jpeg }] of Object.entries(await photos())) {
  const pixels = await sides.after.runtime.decode(jpeg);
  const boxes = (await sides.after.detector.detect(pixels)).map(({ box }) => box);
  const steps = {
    decoding: () => sides.after.runtime.decode(jpeg),
    'detection, before': () => sides.before.detector.detect(pixels),
    'detection, after': () => sides.after.detector.detect(pixels),
    'crops, network and answers, before': () => sides.before.analyzer.analyze(pixels, { boxes }),
    'crops, network and answers, after': () => sides.after.analyzer.analyze(pixels, { boxes }),
    'decoding to answers, before': () => sides.before.analyzer.analyze(jpeg),
    'decoding to answers, after': () => sides.after.analyzer.analyze(jpeg),
  };
  const times = Object.fromEntries(
    Object.keys(steps).map((step) => [step, { wallMs: [], cpuMs: [], faces: 0 }]),
  );
  for (let round = -2; round < Number(rounds); round += 1) {
    for (const [step, run] of Object.entries(steps)) {
      await setTimeout(REST);
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
