/**
 * From the start of navigation to the first result, all nine tasks, WebAssembly on one thread, everything from
 * localhost: `node bench/web/cold-start.mjs [visits]`. The first visits have empty caches, the second ones those of the
 * first. Writes cold-start.json: medians of milliseconds since navigation.
 */
import { writeFile } from 'node:fs/promises';
import { getPriority } from 'node:os';
import { openBrowser } from '../../tools/browser-site.mjs';
import { cpu, load, median } from '../machine.mjs';
import { at, openPage, scriptOf } from './site.mjs';

const visits = Number(process.argv[2] ?? 5);

const headers = { 'Cache-Control': 'max-age=3600' };
const site = await openPage(await scriptOf(at('cold-start-page.mjs')), { headers });

async function visit(context) {
  const page = await context.newPage();
  await page.goto(site.url);
  await page.waitForFunction('globalThis.outcome', { timeout: 120_000 });
  const { faces, marks } = await page.evaluate('globalThis.outcome');
  if (faces !== 1) throw new Error(`found ${faces} faces`);
  await page.close();
  return marks;
}

const [first, second] = [[], []];
for (let i = 0; i < visits; i += 1) {
  const browser = await openBrowser();
  const context = await browser.newContext();
  first.push(await visit(context));
  second.push(await visit(context));
  await browser.close();
}
site.close();

const medians = (all) =>
  Object.fromEntries(Object.keys(all[0]).map((name) => [name, median(all.map((marks) => marks[name]))]));
const report = {
  command: 'node bench/web/cold-start.mjs',
  date: new Date().toISOString().slice(0, 10),
  cpu,
  nice: getPriority(),
  load: load(),
  visits,
  firstVisit: medians(first),
  secondVisit: medians(second),
};
await writeFile(at('cold-start.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(report, null, 2));
