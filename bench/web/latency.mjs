/**
 * Latency per face in WebAssembly, side by side in one page with an earlier commit, @vladmandic/human and MediaPipe Face
 * Mesh; and of the frames of a stream in which a face is followed:
 *
 *     npm install --prefix .cache/bench-web --ignore-scripts @vladmandic/human@3.3.6 \
 *       @tensorflow/tfjs-backend-wasm@4.22.0 @mediapipe/face_mesh@0.4.1633559619
 *     node bench/web/latency.mjs [rounds] [commit]
 *
 * The libraries take turns, so that a busy machine slows all of them alike: ratios count. Writes latency.json.
 */
import { writeFile } from 'node:fs/promises';
import { getPriority } from 'node:os';
import { ISOLATED, openBrowser } from '../../tools/browser-site.mjs';
import { cpu, load, median } from '../machine.mjs';
import { bundleCurrent, bundleRevision, currentCommit } from '../node/revision.mjs';
import { at, openPage, root, scriptOf } from './site.mjs';

const others = `${root}.cache/bench-web/node_modules`;
const [rounds = '15', commit = '2f6f846'] = process.argv.slice(2);

const SDK = `
  export { createAnalyzer, openCheckpoint } from '@facexformer/core';
  export { blazeFace } from '@facexformer/detector';
  export { urlSource, webRuntime } from '@facexformer/runtime-web';
  export { allTasks } from '@facexformer/tasks';
`;
const forBrowsers = { platform: 'browser', target: 'es2022', external: ['onnxruntime-web/*'], minify: true };
const pages = {
  '/now.js': await bundleCurrent(SDK, forBrowsers),
  '/before.js': await bundleRevision(commit, SDK, forBrowsers),
};
const script = await scriptOf(at('latency-page.mjs'), {
  external: ['/human/*', ...Object.keys(pages)],
});
const browser = await openBrowser();

async function measure(threads) {
  const site = await openPage(script, {
    headers: threads > 1 ? ISOLATED : {},
    pages,
    folders: {
      '/human/': `${others}/@vladmandic/human`,
      '/tfjs/': `${others}/@tensorflow/tfjs-backend-wasm/dist`,
      '/facemesh/': `${others}/@mediapipe/face_mesh`,
    },
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  await page.goto(site.url);
  await page.waitForFunction('globalThis.measure');
  const { isolated, times, failed } = await page.evaluate(
    ([count, repeat]) => globalThis.measure(count, repeat),
    [threads, Number(rounds)],
  );
  await page.close();
  site.close();
  if (isolated !== threads > 1) throw new Error('isolation is not as wished');
  return { threads, failed, results: summarise(times) };
}

/** Medians, and the median of each round's ratio to the first library. */
function summarise(times) {
  const [[, first]] = Object.entries(times);
  return Object.entries(times).map(([name, values]) => ({
    name,
    medianMs: Math.round(median(values)),
    fastestMs: Math.round(Math.min(...values)),
    timesAsLong: Number(median(values.map((value, i) => value / first[i])).toFixed(2)),
  }));
}

const loadBefore = load();
const runs = [await measure(1), await measure(2)];
const report = {
  command: `node bench/web/latency.mjs ${rounds} ${commit}`,
  date: new Date().toISOString().slice(0, 10),
  photo: 'fixtures/astronaut.png, 512 x 512, one face',
  chromium: browser.version(),
  cpu,
  nice: getPriority(),
  load: [loadBefore, load()],
  before: commit,
  after: currentCommit(),
  rounds: Number(rounds),
  runs,
};
await browser.close();
await writeFile(at('latency.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(report, null, 2));
process.exit(0);
