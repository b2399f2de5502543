/**
 * Everything that has to hold, step by step; `node tools/check.mjs lint types` runs some of them.
 * Stops at the first step that fails and says which.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

const STEPS = {
  lint: ['npx', 'biome', 'check', '.'],
  architecture: ['npx', 'depcruise', 'packages/*/src', 'packages/tasks/*/src'],
  build: ['npm', 'run', '--silent', 'build'],
  types: ['npx', 'tsc', '-b'],
  unit: ['npx', 'vitest', 'run'],
  'tenth-task': ['node', 'tools/tenth-task/run.mjs'],
  browser: ['node', 'tools/browser.mjs', 'test'],
  docs: ['node', 'tools/docs.mjs'],
  packages: ['node', 'tools/check-packages.mjs'],
  pack: ['node', 'tools/pack-test/run.mjs'],
  example: ['node', 'examples/task-eyeglasses/check/check.mjs'],
};
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in STEPS));
if (unknown.length > 0) {
  console.error(`check: no step ${unknown.join(', ')}; there are ${Object.keys(STEPS).join(', ')}`);
  process.exit(2);
}

const started = performance.now();
for (const [name, [command, ...args]] of Object.entries(STEPS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const begun = performance.now();
  console.log(`check: ${name}`);
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, DO_NOT_TRACK: '1', TURBO_TELEMETRY_DISABLED: '1' },
  });
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  if (status !== 0) {
    console.error(`check: ${name} FAILED after ${seconds} s (again: node tools/check.mjs ${name})`);
    process.exit(1);
  }
  console.log(`check: ${name} passed in ${seconds} s`);
}
console.log(`check: all passed in ${((performance.now() - started) / 1000).toFixed(1)} s`);
