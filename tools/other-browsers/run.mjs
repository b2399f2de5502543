/**
 * The browser tests in Firefox and WebKit, where they are installed, or a loud word that they were skipped:
 * `node tools/other-browsers/run.mjs` runs engine, conformance, pictures and downloads, `... run.mjs all` whole analyses
 * too, which take minutes more.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { installedBrowsers, warnOfMissing } from './browsers.mjs';

/** What the names of the tests' files have in common with one of these; an empty list is all of them. */
const files =
  process.argv[2] === 'all'
    ? []
    : ['conformance', 'runtime.browser', 'mini-model', 'test/device', 'test/download', 'test/picture'];

const browsers = installedBrowsers();
warnOfMissing(browsers, 'other-browsers');
for (const { name, version } of browsers) {
  console.log(`other-browsers: ${name} ${version}`);
  const args = ['vitest', 'run', '--config', 'vitest.other-browsers.config.mjs', '--project', name, ...files];
  const { status } = spawnSync('npx', args, { cwd: join(import.meta.dirname, '../..'), stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
