/**
 * Cold start of the playground: from page load to the first result on the demo photo, WebAssembly with one thread,
 * each round in a fresh browser with an empty cache. Prints the medians and writes `playground.json`.
 *
 * ```sh
 * npm run docs && node bench/web/playground.mjs
 * ```
 */
import { writeFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { serve } from '../../apps/docs/test/serve.mjs';
import { findBrowser } from '../../tools/browser.mjs';
import { cpu, load, median } from '../machine.mjs';

const ROUNDS = Number(process.argv[2] ?? 5);
const site = await serve(join(import.meta.dirname, '../../apps/docs/.vitepress/dist'));
const rounds = [];
let version = '';
for (let round = 0; round < ROUNDS; round++) {
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  version = browser.version();
  const page = await browser.newPage();
  await page.goto(`${site.url}/playground.html`);
  await page.waitForSelector('.playground[data-busy="false"] [data-testid=timing]', { timeout: 110_000 });
  rounds.push(
    await page.evaluate(() => {
      const mark = (name) => performance.getEntriesByName(name)[0].startTime;
      return {
        'page loaded': performance.getEntriesByType('navigation')[0].loadEventEnd,
        'model ready': mark('facexformer-ready'),
        'first result': mark('facexformer-result'),
      };
    }),
  );
  console.log(rounds.at(-1));
  await browser.close();
}
site.close();

const result = {
  command: 'node bench/web/playground.mjs',
  date: new Date().toISOString().slice(0, 10),
  cpu,
  nice: getPriority(),
  load: load(),
  browser: `Chromium ${version}`,
  device: 'WebAssembly, 1 thread',
  rounds: ROUNDS,
  medianMs: Object.fromEntries(
    Object.keys(rounds[0]).map((name) => [name, Math.round(median(rounds.map((times) => times[name])))]),
  ),
};
console.log(result);
writeFileSync(join(import.meta.dirname, 'playground.json'), `${JSON.stringify(result, null, 2)}\n`);
