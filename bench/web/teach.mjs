/**
 * Teaching in the browser: from the press of the button to the taught task, on the site's page, with pictures made from
 * the demo photo, WebAssembly with one thread. Wall time counts on a quiet machine only (see `load`); the processor
 * time of the browser's renderer processes, page and worker together, is nearly the same there, and holds on a busy one too.
 *
 * ```sh
 * npm run docs && node bench/web/teach.mjs [photos of a class] [rounds]
 * ```
 */
import { writeFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { serve } from '../../apps/docs/test/serve.mjs';
import { facePictures } from '../../apps/docs/test/spectacles.mjs';
import { findBrowser } from '../../tools/browser.mjs';
import { cpu, load, median } from '../machine.mjs';

const PHOTOS = Number(process.argv[2] ?? 8);
const ROUNDS = Number(process.argv[3] ?? 3);
const site = await serve(join(import.meta.dirname, '../../apps/docs/.vitepress/dist'));

const rounds = [];
let version = '';
for (let round = 0; round < ROUNDS; round++) {
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  version = browser.version();
  const system = await browser.newBrowserCDPSession();
  /** Seconds that the renderers have computed so far. */
  const computed = async () => {
    const { processInfo } = await system.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, { type, cpuTime }) => sum + (type === 'renderer' ? cpuTime : 0), 0);
  };
  const page = await browser.newPage();
  await page.goto(`${site.url}/teach.html`);
  await page.waitForSelector('.teach[data-ready=true]', { timeout: 600_000 });
  const classes = page.locator('.class');
  for (const [i, spectacles] of [false, true].entries()) {
    await classes
      .nth(i)
      .locator('input[type=file]')
      .setInputFiles(await facePictures(page, spectacles, PHOTOS));
  }
  await page.waitForFunction((count) => document.querySelectorAll('.shots li').length === count, 2 * PHOTOS, {
    timeout: 600_000,
  });
  await page.waitForSelector('.teach[data-busy=false]');
  const before = await computed();
  await page.click('button.primary');
  await page.waitForSelector('[data-testid=verdict]', { timeout: 1_200_000 });
  const cpu = (await computed()) - before;
  const wall = await page.evaluate(() => {
    const at = (name) => performance.getEntriesByName(name)[0].startTime;
    return (at('facexformer-taught') - at('facexformer-teach')) / 1000;
  });
  rounds.push({ wall, cpu });
  console.log(rounds.at(-1), await page.textContent('[data-testid=verdict] .headline'));
  await browser.close();
}
site.close();

const result = {
  command: 'node bench/web/teach.mjs',
  date: new Date().toISOString().slice(0, 10),
  cpu,
  nice: getPriority(),
  load: load(),
  browser: `Chromium ${version}`,
  device: 'WebAssembly, 1 thread',
  photos: `2 x ${PHOTOS}`,
  rounds: ROUNDS,
  medianSeconds: {
    wall: Number(median(rounds.map(({ wall }) => wall)).toFixed(1)),
    cpu: Number(median(rounds.map(({ cpu }) => cpu)).toFixed(1)),
  },
};
console.log(result);
writeFileSync(join(import.meta.dirname, 'teach.json'), `${JSON.stringify(result, null, 2)}\n`);
