/** Analyses the shipped photo through the command line, as a user would, and says where the results are. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const run = (command, ...args) =>
  execFileSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, DO_NOT_TRACK: '1', TURBO_TELEMETRY_DISABLED: '1' },
  });

console.log('demo: building the command and the packages that it needs');
run('npx', 'turbo', 'run', 'build', '--filter=@facexformer/cli...', '--output-logs=hash-only');
mkdirSync(join(root, 'out'), { recursive: true });
const json = join(root, 'out/astronaut.json');
const overlay = join(root, 'out/astronaut.png');
run(
  'node',
  'packages/cli/dist/cli.js',
  'analyze',
  'fixtures/astronaut.png',
  '--json',
  json,
  '--overlay',
  overlay,
);
console.log(`demo: results in ${relative(root, json)}, picture in ${relative(root, overlay)}`);
