/**
 * Finds the Chromium that browser tests and benchmarks run in; installs Debian's where that is possible.
 * `node tools/browser.mjs` prints its path, `node tools/browser.mjs test` runs the browser tests, or says loudly that
 * they were skipped; they need `npm run build`. Set CHROMIUM_PATH to choose a browser, CHROMIUM_INSTALL=0 to have none installed.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

const SKIPPED = `
  !! BROWSER TESTS SKIPPED: there is no Chromium or Chrome on this machine.
  !! Install one (Debian: sudo apt-get install chromium), or set CHROMIUM_PATH to the program, and run
  !!     node tools/check.mjs browser
`;

/** WebGPU in software, so that it can be tested without a GPU. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const isProgram = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Path of an installed browser, or undefined. */
function installed() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (isProgram(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH is ${chosen}, which is not a program`);
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  const inPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...inPath, ...PLACES].find(isProgram);
}

/** Installs Debian's package, where we may. */
function install() {
  const may = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (!may || process.env.CHROMIUM_INSTALL === '0') return;
  console.error('browser: installing Debian\'s package "chromium" (CHROMIUM_INSTALL=0 prevents it)');
  const run = (...args) =>
    spawnSync('apt-get', ['-q', ...args], { stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 });
  if (run('install', '-y', 'chromium').status === 0) return;
  run('update');
  run('install', '-y', 'chromium');
}

/** Path of a Chromium or Chrome, installed by us if need be; undefined where there is none. */
export function findBrowser() {
  const found = installed();
  if (found) return found;
  install();
  return installed();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const browser = findBrowser();
  if (!browser) {
    console.error(SKIPPED);
  } else if (process.argv[2] === 'test') {
    const run = (command, ...args) =>
      spawnSync(command, args, {
        cwd: root,
        stdio: 'inherit',
        shell: process.platform === 'win32',
        env: { ...process.env, CHROMIUM_PATH: browser },
      }).status === 0;
    const passed =
      run('npx', 'vitest', 'run', '--config', 'vitest.browser.config.ts') &&
      run('node', 'tools/browser-pages.mjs');
    process.exitCode = passed ? 0 : 1;
  } else {
    console.log(browser);
  }
}
