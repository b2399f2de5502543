/**
 * Measures the weights of a run of `facexformer train` on the val split and puts them into packages/model-mini, with
 * the evaluation and the model card's figures: node tools/publish-mini.mjs FACES RUN [--threads N]
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { threads: { type: 'string', default: '2' } },
});
const [faces, folder] = positionals;
if (!faces || !folder) throw new Error('usage: node tools/publish-mini.mjs FACES RUN');
const root = join(import.meta.dirname, '..');
const home = join(root, 'packages/model-mini');
const evaluation = join(home, 'eval');
const trained = join(folder, 'model.safetensors');

rmSync(evaluation, { recursive: true, force: true });
execFileSync(
  'node',
  [
    join(root, 'packages/cli/dist/cli.js'),
    ...['eval', '--faces', faces, '--split', 'val', '--checkpoint', trained],
    ...['--out', evaluation, '--threads', values.threads],
  ],
  { stdio: 'inherit' },
);
copyFileSync(trained, join(home, 'weights/mini.safetensors'));
execFileSync('npm', ['run', 'build'], { cwd: home, stdio: 'inherit' }); // the package knows its weights' hash
copyFileSync(join(folder, 'curves.svg'), join(evaluation, 'curves.svg'));

execFileSync('node', [join(root, 'tools/mini-card.mjs')], { stdio: 'inherit' });
