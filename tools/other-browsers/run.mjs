/**
 * The browser tests of conformance, engine, pictures and downloads in Firefox and WebKit, where they are installed, or a loud word that
 * they were skipped: `node tools/other-browsers/run.mjs`. Needs `npm run build`.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { installedBrowsers } from './browsers.mjs';

const SKIPPED = `
  !! FIREFOX OR WEBKIT SKIPPED: they are not on this machine.
  !! Debian: sudo apt-get install firefox-esr webkit2gtk-driver xvfb, then
  !!     node tools/other-browsers/run.mjs
`;

const browsers = installedBrowsers();
if (browsers.length < 2) console.error(SKIPPED);
for (const { name, version } of browsers) {
  console.log(`other-browsers: ${name} ${version}`);
  const args = ['vitest', 'run', '--config', 'vitest.other-browsers.config.mjs', '--project', name];
  const { status } = spawnSync('npx', args, { cwd: join(import.meta.dirname, '../..'), stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
