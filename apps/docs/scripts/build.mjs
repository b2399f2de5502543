/**
 * Builds the site: assets, API reference, pages. Any warning fails.
 * `--no-api` leaves the reference as it is.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepare } from './prepare.mjs';

const docs = join(import.meta.dirname, '..');
const shell = process.platform === 'win32';

await prepare();
if (!process.argv.includes('--no-api')) {
  execFileSync('npx', ['typedoc'], { cwd: docs, stdio: ['ignore', 'ignore', 'inherit'], shell });
}
const { status, stdout, stderr } = spawnSync('npx', ['vitepress', 'build'], {
  cwd: docs,
  encoding: 'utf8',
  shell,
});
const output = stdout + stderr;
process.stdout.write(output);
if (status !== 0 || /warn|\(!\)/i.test(output)) {
  console.error('docs: the build failed or gave warnings');
  process.exit(1);
}
