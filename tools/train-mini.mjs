/**
 * From a folder of labelled faces to the package model-mini, in one command:
 *   npm run train:mini -- ../shared/faces [--hours 12] [--threads 2]
 * Trains by training/mini.json in .cache/mini (a run that was stopped goes on), then publish-mini.mjs measures the
 * weights and puts them into the package.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { hours: { type: 'string' }, threads: { type: 'string', default: '2' } },
});
const [faces] = positionals;
if (!faces) throw new Error('say where the labelled faces are: npm run train:mini -- ../shared/faces');
const root = join(import.meta.dirname, '..');
const run = (command, ...args) =>
  execFileSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });

run('npx', 'turbo', 'run', 'build', '--filter=@facexformer/cli...', '--output-logs=errors-only');
run(
  'node',
  'packages/cli/dist/cli.js',
  ...['train', 'training/mini.json', '--faces', faces, '--out', '.cache/mini', '--cache', '.cache/train'],
  ...['--threads', values.threads, ...(values.hours ? ['--hours', values.hours] : [])],
);
run('node', 'tools/publish-mini.mjs', faces, '.cache/mini', '--threads', values.threads);
