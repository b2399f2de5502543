/**
 * Builds the documentation site and holds it to what it promises: no warning, no dead link or anchor, code that
 * compiles and runs, and the playground and its accessibility in Chromium, where there is one, and with it in Firefox and
 * WebKit.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { checkLinks } from './docs-links.mjs';
import { installedBrowsers, warnOfMissing } from './other-browsers/browsers.mjs';

const root = join(import.meta.dirname, '..');
const docs = join(root, 'apps/docs');

/** Runs a command; its output comes in one piece, so that two at once stay readable. */
const run = (name, command, args, cwd) =>
  new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(command, args, { cwd, shell: process.platform === 'win32' });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('close', (status) => {
      process.stdout.write(Buffer.concat(output));
      console.log(`docs: ${name} took ${((performance.now() - begun) / 1000).toFixed(1)} s`);
      if (status === 0) resolve(undefined);
      else reject(new Error(name));
    });
  });

try {
  await Promise.all([
    run('build', 'node', ['scripts/build.mjs'], docs),
    run('code', 'node', ['tools/docs-code.mjs'], root),
  ]);
  const dead = checkLinks(join(docs, '.vitepress/dist'));
  if (dead.length > 0) throw new Error(`dead links\n${dead.join('\n')}`);
  if (findBrowser()) {
    warnOfMissing(installedBrowsers(), 'docs');
    await run('browser tests', 'npx', ['vitest', 'run'], docs);
  } else console.error('\n  !! PLAYGROUND TESTS SKIPPED: there is no Chromium (see tools/browser.mjs)\n');
} catch (error) {
  console.error(`docs: FAILED: ${error.message}`);
  process.exit(1);
}
