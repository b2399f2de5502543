/**
 * From the start of navigation to the first result, all nine tasks, WebAssembly on one thread, everything from
 * localhost: `node bench/web/cold-start.mjs [visits]`. The first visits have empty caches, the second ones those of the
 * first. Writes cold-start.json: medians of milliseconds since navigation.
 */
import { writeFile } from 'node:fs/promises';
import { getPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { bundle, openBrowser, openSite } from '../../tools/browser-site.mjs';
import { cpu, load, median } from '../machine.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const root = at('../../');
const visits = Number(process.argv[2] ?? 5);

const imports = { 'onnxruntime-web/wasm': '/ort/ort.wasm.bundle.min.mjs' };
const { text } = await bundle(at('cold-start-page.mjs'), {
  nodePaths: [`${root}node_modules`],
  minify: true,
});
const site = await openSite({
  headers: { 'Cache-Control': 'max-age=3600' },
  pages: {
    '/': `<script type="importmap">${JSON.stringify({ imports })}</script><script type="module" src="/page.js"></script>`,
    '/page.js': text,
  },
  folders: {
    '/ort/': `${root}node_modules/onnxruntime-web/dist`,
    '/weights/': `${root}packages/model-mini/weights`,
    '/fixtures/': `${root}fixtures`,
  },
});

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
