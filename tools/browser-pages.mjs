/**
 * The built packages on real pages: an import map, and a Vite build with a worker, both under a strict
 * Content-Security-Policy, with and without cross-origin isolation. Needs `npm run build`.
 */
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ISOLATED, openBrowser, openSite } from './browser-site.mjs';
import { entryPoints, publicPackages } from './workspaces.mjs';

const root = join(import.meta.dirname, '..');
const source = join(root, 'packages/runtime-web/test/pages');

/** No inline scripts, no eval; WebAssembly alone may be compiled. */
const policy = (scripts = '') => ({
  'Content-Security-Policy': `default-src 'self'; script-src 'self' 'wasm-unsafe-eval'${scripts}; worker-src 'self'`,
});

async function importMapSite() {
  const built = publicPackages().flatMap((workspace) =>
    entryPoints(workspace)
      .filter(({ condition }) => condition !== 'node')
      .map(({ name, output }) => [name, `/${relative(root, workspace.folder)}/dist/${output}.js`]),
  );
  const map = JSON.stringify({
    imports: {
      ...Object.fromEntries(built),
      'onnxruntime-web/wasm': '/node_modules/onnxruntime-web/dist/ort.wasm.bundle.min.mjs',
    },
  });
  const hash = createHash('sha256').update(map).digest('base64');
  const page = `<!doctype html><script type="importmap">${map}</script><script type="module" src="/packages/runtime-web/test/pages/app.js"></script>`;
  return openSite({ pages: { '/': page }, folders: { '/': root }, headers: policy(` 'sha256-${hash}'`) });
}

async function viteSite(headers) {
  const { build } = await import('vite');
  const outDir = join(root, '.cache/pages-vite');
  await rm(outDir, { recursive: true, force: true });
  const output = { outDir, emptyOutDir: true };
  await build({
    root: source,
    configFile: false,
    logLevel: 'error',
    build: output,
    worker: { format: 'es' },
  });
  return openSite({
    pages: { '/': await readFile(join(outDir, 'index.html')) },
    folders: { '/fixtures/': join(root, 'fixtures'), '/': outDir },
    headers: { ...policy(), ...headers },
  });
}

/** Opens the site, analyses the astronaut, and says what went wrong on the page. */
async function visit(browser, name, site, place) {
  const page = await browser.newPage();
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(site.url)) complaints.push(`asked for ${request.url()}`);
  });
  try {
    await page.goto(site.url);
    await page.waitForFunction('globalThis.analyse', { timeout: 20_000 });
    const result = await page.evaluate(
      (where) => globalThis.analyse('/fixtures/astronaut.png', where),
      place,
    );
    if (result.ages.length !== 1 || result.device !== 'wasm') complaints.push(JSON.stringify(result));
    if (site.asked.some((path) => /webgpu|asyncify/.test(path))) complaints.push('loaded the WebGPU build');
    console.log(`browser-pages: ${name}, in the ${place}: ${complaints.length ? 'FAILED' : 'ok'}`, result);
  } catch (error) {
    complaints.push(error.message);
  }
  await page.close();
  for (const complaint of complaints) console.error(`browser-pages: ${name}, in the ${place}: ${complaint}`);
  return complaints.length === 0;
}

const browser = await openBrowser();
const plain = await importMapSite();
const vite = await viteSite(ISOLATED);
const outcomes = [
  await visit(browser, 'import map', plain, 'page'),
  await visit(browser, 'Vite, isolated', vite, 'page'),
  await visit(browser, 'Vite, isolated', vite, 'worker'),
];
await browser.close();
for (const site of [plain, vite]) site.close();
process.exitCode = outcomes.every(Boolean) ? 0 : 1;
