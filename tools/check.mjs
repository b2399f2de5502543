/**
 * Everything that has to hold, step by step; `node tools/check.mjs lint types` runs some of them.
 * Stops at the first step that fails and says which.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

const STEPS = {
  lint: ['npx', 'biome', 'check', '.'],
  architecture: ['npx', 'depcruise', 'packages/*/src', 'packages/tasks/*/src'],
  build: ['npm', 'run', '--silent', 'build'],
  types: ['npx', 'tsc', '-b'],
  redis: ['node', 'tools/redis.mjs'],
  unit: ['npx', 'vitest', 'run'],
  'tenth-task': ['node', 'tools/tenth-task/run.mjs'],
  browser: ['node', 'tools/browser.mjs', 'test'],
  'other-browsers': ['node', 'tools/other-browsers/run.mjs'],
  docs: ['node', 'tools/docs.mjs'],
  packages: ['node', 'tools/check-packages.mjs'],
  pack: ['node', 'tools/pack-test/run.mjs'],
  matrix: ['node', 'tools/matrix/run.mjs', 'quick'],
  example: ['node', 'examples/task-eyeglasses/check/check.mjs'],
};
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in STEPS));
if (unknown.length > 0) {
  console.error(`check: no step ${unknown.join(', ')}; there are ${Object.keys(STEPS).join(', ')}`);
  process.exit(2);
}

/** What needs the build goes in two lanes at once: hardly a step keeps two cores busy. */
const LANES = [
  ['redis', 'unit', 'other-browsers', 'tenth-task', 'pack', 'example', 'packages', 'matrix'],
  ['browser', 'docs'],
];

const started = performance.now();
const running = new Set();
let failed = false;

/** Runs a step; what it prints comes in one piece when it ends, so that two lanes stay readable. */
const run = (name) =>
  new Promise((resolve) => {
    const [command, ...args] = STEPS[name];
    const begun = performance.now();
    console.log(`check: ${name}`);
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['inherit', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      env: { ...process.env, DO_NOT_TRACK: '1', TURBO_TELEMETRY_DISABLED: '1' },
    });
    running.add(child);
    const output = [];
    child.stdout.on('data', (piece) => output.push(piece));
    child.stderr.on('data', (piece) => output.push(piece));
    child.on('close', (status) => {
      running.delete(child);
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      process.stdout.write(Buffer.concat(output));
      if (status === 0) console.log(`check: ${name} passed in ${seconds} s`);
      else if (!failed) {
        failed = true;
        console.error(`check: ${name} FAILED after ${seconds} s (again: node tools/check.mjs ${name})`);
        for (const other of running) other.kill();
      }
      resolve();
    });
  });

const runAll = async (names) => {
  for (const name of names) if (!failed && (asked.length === 0 || asked.includes(name))) await run(name);
};

await runAll(Object.keys(STEPS).filter((name) => !LANES.flat().includes(name)));
await Promise.all(LANES.map(runAll));
if (failed) process.exit(1);
console.log(`check: all passed in ${((performance.now() - started) / 1000).toFixed(1)} s`);
