/**
 * What an analysis costs the page's own thread: `node bench/web/main-thread.mjs [rounds]`, WebAssembly on one thread, all
 * nine tasks. `busyMs` is the processor time of the page's main thread per photo, `longestMs` that of its longest task, for
 * which nothing else on the page can run; both from Chromium's trace, so that other work on the machine counts little.
 * Medians. Writes main-thread.json.
 */
import { writeFile } from 'node:fs/promises';
import { getPriority } from 'node:os';
import { openBrowser } from '../../tools/browser-site.mjs';
import { cpu, load, median } from '../machine.mjs';
import { at, openPage, root, scriptOf } from './site.mjs';

const rounds = Number(process.argv[2] ?? 15);

const site = await openPage(await scriptOf(at('main-thread-page.mjs')), {
  pages: {
    '/runtime.js': await scriptOf(`${root}packages/runtime-web/test/pages/worker.js`, { external: [] }),
    '/analyzer.js': await scriptOf(at('main-thread-worker.mjs'), { external: [] }),
  },
});
const browser = await openBrowser();

const LARGE = { share: 1 / 8 };
const PHOTOS = [
  { photo: '640 x 480 canvas, large faces', width: 640, height: 480, source: 'canvas', smallestFace: LARGE },
  { photo: '640 x 480 canvas', width: 640, height: 480, source: 'canvas', smallestFace: undefined },
  { photo: '12 MP JPEG, large faces', width: 4000, height: 3000, source: 'jpeg', smallestFace: LARGE },
];
const PLACES = ['runtime in a worker', 'analyzer in a worker'];

const short = (value) => Number(value.toFixed(1));

/** Processor time in ms of each task that the page's main thread ran while `work` was going on. */
async function mainThreadTasks(tab, work) {
  await browser.startTracing(tab, { categories: ['toplevel', '__metadata'] });
  await work();
  await tab.evaluate('new Promise((resolve) => setTimeout(resolve, 50))'); // a task that goes on is not in the trace
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const main = traceEvents.filter(
    ({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain',
  );
  const isMain = ({ pid, tid }) => main.some((thread) => thread.pid === pid && thread.tid === tid);
  return traceEvents
    .filter((event) => event.name === 'ThreadControllerImpl::RunTask' && isMain(event))
    .map(({ tdur }) => tdur / 1000);
}

async function measure(photo, place) {
  const tab = await browser.newPage();
  tab.setDefaultTimeout(0);
  await tab.goto(site.url);
  await tab.waitForLoadState();
  const faces = await tab.evaluate((options) => globalThis.open(options), { ...photo, place });
  if (faces !== 1) throw new Error(`${photo.photo}, ${place}: ${faces} faces`);
  const [busy, longest] = [[], []];
  for (let round = -1; round < rounds; round += 1) {
    const tasks = await mainThreadTasks(tab, () => tab.evaluate('once()'));
    if (round < 0) continue;
    busy.push(tasks.reduce((sum, time) => sum + time, 0));
    longest.push(Math.max(...tasks));
  }
  await tab.close();
  return { photo: photo.photo, place, busyMs: short(median(busy)), longestMs: short(median(longest)) };
}

const loadBefore = load();
const results = [];
for (const photo of PHOTOS) {
  for (const place of PLACES) {
    results.push(await measure(photo, place));
    console.log(results.at(-1));
  }
}
const report = {
  command: 'node bench/web/main-thread.mjs',
  date: new Date().toISOString().slice(0, 10),
  chromium: browser.version(),
  cpu,
  nice: getPriority(),
  load: [loadBefore, load()],
  rounds,
  results,
};
await browser.close();
site.close();
await writeFile(at('main-thread.json'), `${JSON.stringify(report, null, 2)}\n`);
process.exit(0);
