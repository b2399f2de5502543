/**
 * Memory of a page that streams: `node bench/web/memory.mjs [frames]`, WebAssembly on one thread, all nine tasks. After
 * every tenth of the frames garbage is collected and the page's memory measured (JavaScript and WebAssembly together).
 * WebAssembly memory never shrinks, so what dispose frees is shown by opening and disposing again, many times over.
 * Writes memory.json.
 */
import { writeFile } from 'node:fs/promises';
import { ISOLATED, openBrowser } from '../../tools/browser-site.mjs';
import { at, openPage, scriptOf } from './site.mjs';

const total = Number(process.argv[2] ?? 1000);
const PARTS = 10;
const CYCLES = 20;

const site = await openPage(await scriptOf(at('memory-page.mjs')), { headers: ISOLATED });
const browser = await openBrowser();
const page = await browser.newPage();
page.setDefaultTimeout(0);
const devtools = await page.context().newCDPSession(page);
await page.goto(site.url);
await page.waitForFunction('globalThis.frames');

const megabytes = async () => {
  await devtools.send('HeapProfiler.collectGarbage');
  return Number(((await page.evaluate('memory()')) / 1e6).toFixed(1));
};

await page.evaluate('open()');
await page.evaluate('frames(20)');
const samples = [{ frames: 0, megabytes: await megabytes() }];
let faces = 0;
for (let part = 1; part <= PARTS; part += 1) {
  faces += await page.evaluate(`frames(${total / PARTS})`);
  samples.push({ frames: (total / PARTS) * part, megabytes: await megabytes() });
}
await page.evaluate('close()');
const afterDispose = await megabytes();
for (let cycle = 0; cycle < CYCLES; cycle += 1)
  await page.evaluate('open().then(() => frames(2)).then(close)');
const afterCycles = await megabytes();
const version = browser.version();
await browser.close();
site.close();

/** Least squares. */
function slope(points) {
  const mean = (key) => points.reduce((sum, point) => sum + point[key], 0) / points.length;
  const [x, y] = [mean('frames'), mean('megabytes')];
  const above = points.reduce((sum, point) => sum + (point.frames - x) * (point.megabytes - y), 0);
  return above / points.reduce((sum, point) => sum + (point.frames - x) ** 2, 0);
}

const report = {
  command: 'node bench/web/memory.mjs',
  date: new Date().toISOString().slice(0, 10),
  chromium: version,
  frames: total,
  framesWithFace: faces,
  samples,
  bytesPerFrame: Math.round(slope(samples) * 1e6),
  afterDispose,
  cycles: CYCLES,
  afterCycles,
};
await writeFile(at('memory.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(report, null, 2));
