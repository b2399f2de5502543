/**
 * This package as its users get it: built and packed, installed from its tarball into a fresh application beside the
 * built-in tasks, type-checked there, and asked about a photo in Node and on a web page. Needs no training data.
 * Run `npm run build` in the repository first; `node examples/task-eyeglasses/check/check.mjs [folder of tarballs]`.
 */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '../../../tools/browser.mjs';
import { ISOLATED, openBrowser, openSite } from '../../../tools/browser-site.mjs';
import { packPackages } from '../../../tools/tarballs.mjs';

const example = join(import.meta.dirname, '..');
const root = join(example, '../..');
const temp = mkdtempSync(join(tmpdir(), 'task-eyeglasses-'));
const app = join(temp, 'app');
const windows = process.platform === 'win32';
const run = (command, args, cwd = app, env = {}) =>
  execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: windows,
    env: { ...process.env, ...env },
  });

/** Packs what this example and its users need from the repository. */
function packRepository() {
  const folder = join(temp, 'tarballs');
  mkdirSync(folder);
  packPackages(folder);
  return folder;
}

/** A registry in a process of its own, since everything here waits for npm. */
async function startRegistry(tarballs) {
  const server = spawn(process.execPath, [join(root, 'tools/pack-test/registry.mjs'), tarballs], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [setting] = await new Promise((resolve) =>
    server.stdout.once('data', (data) => resolve([String(data)])),
  );
  const userconfig = join(temp, 'npmrc');
  writeFileSync(userconfig, `${setting}update-notifier=false\n`);
  return { env: { npm_config_userconfig: userconfig }, close: () => server.kill() };
}

/** Builds, tests and packs a copy of the example that knows nothing of the repository around it. */
function packExample(env) {
  const copy = join(temp, 'example');
  cpSync(example, copy, {
    recursive: true,
    filter: (path) => !/[/\\](node_modules|dist|photos[/\\]\w+)$/.test(path),
  });
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], copy, env);
  run('npm', ['run', 'check'], copy, env);
  const [{ filename, size }] = JSON.parse(
    run('npm', ['pack', '--json', '--pack-destination', temp], copy, env),
  );
  console.log(`eyeglasses: checked and packed, ${filename}, ${size} bytes`);
  return join(temp, filename);
}

function install(tarball, env) {
  cpSync(join(import.meta.dirname, 'app'), app, { recursive: true });
  mkdirSync(join(app, 'public'));
  for (const place of ['photo.png', 'public/photo.png'])
    cpSync(join(root, 'fixtures/astronaut.png'), join(app, place));
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const ours = ['core', 'detector', 'model-mini', 'runtime-node', 'runtime-web', 'tasks'];
  const tools = ['@types/node', 'typescript', 'vite'].map((name) => [name, devDependencies[name]]);
  writeFileSync(
    join(app, 'package.json'),
    JSON.stringify({
      private: true,
      type: 'module',
      dependencies: {
        ...Object.fromEntries(ours.map((name) => [`@facexformer/${name}`, '^0.1.0'])),
        'task-eyeglasses': `file:${tarball}`,
      },
      devDependencies: Object.fromEntries(tools),
    }),
  );
  writeFileSync(join(app, '.npmrc'), 'ignore-scripts=true\n');
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], app, env);
}

/** Builds the page with Vite and opens it. */
async function askPage() {
  run('npx', ['vite', 'build', '--target', 'es2022', '--logLevel', 'error']);
  const dist = join(app, 'dist');
  const site = await openSite({
    pages: { '/': readFileSync(join(dist, 'index.html')) },
    folders: { '/': dist },
    headers: ISOLATED,
  });
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(`eyeglasses: on the page: ${error.message}`));
    await page.goto(site.url);
    await page.waitForFunction('document.title', undefined, { timeout: 120_000 });
    return JSON.parse(await page.title());
  } finally {
    await browser.close();
    site.close();
  }
}

let registry;
try {
  registry = await startRegistry(process.argv[2] ?? packRepository());
  install(packExample(registry.env), registry.env);
  run('npx', ['tsc']);
  console.log('eyeglasses: the result is typed in a fresh application');
  const node = JSON.parse(run('node', ['out/node.js']));
  console.log('eyeglasses: in Node', node);
  if (findBrowser()) {
    const page = await askPage();
    console.log('eyeglasses: on a page', page);
    const apart = Math.abs(page.probability - node.probability);
    if (page.eyeglasses !== node.eyeglasses || apart > 1e-3)
      throw new Error('Node and the page do not agree');
  } else {
    console.error('eyeglasses: !! THE PAGE WAS SKIPPED: there is no Chromium or Chrome on this machine');
  }
} finally {
  registry?.close();
  rmSync(temp, { recursive: true, force: true });
}
