/**
 * Measures the weights of a run of `facexformer train` on the val split and puts them into packages/model-mini, with
 * those of its recognition token, the evaluation and the model card's figures, and trains the example's plug-in anew:
 * node tools/publish-mini.mjs FACES RUN [--threads N]. From which roll a crop is
 * turned upright is what training/mini.json says now, whatever the recipe of the run said: it is no matter of the weights.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openCheckpoint, saveCheckpoint } from '@facexformer/core';
import { writeFile } from '@facexformer/files';
import { fileSource } from '@facexformer/runtime-node';

/** A token that learnt from nobody, since the teacher's answers were not there, tells half of the pairs right. */
const LEAST_ACCURACY = 0.8;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { threads: { type: 'string', default: '2' } },
});
const [faces, folder] = positionals;
if (!faces || !folder) throw new Error('usage: node tools/publish-mini.mjs FACES RUN');
const root = join(import.meta.dirname, '..');
const home = join(root, 'packages/model-mini');
const evaluation = join(home, 'eval');
const weights = join(home, 'weights/mini.safetensors');
const { upright } = JSON.parse(readFileSync(join(root, 'training/mini.json'), 'utf8')).model.crop;

const trained = await openCheckpoint(await fileSource(join(folder, 'model.safetensors')));
const { model } = trained.info;
const info = { ...trained.info, model: { ...model, crop: { ...model.crop, upright } } };
await writeFile(weights, saveCheckpoint(info, trained, 'F16'));
await trained.close();

const token = join(folder, 'recognition.safetensors');
rmSync(evaluation, { recursive: true, force: true });
execFileSync(
  'node',
  [
    join(root, 'packages/cli/dist/cli.js'),
    ...['eval', '--faces', faces, '--split', 'val', '--checkpoint', weights],
    ...['--out', evaluation, '--threads', values.threads],
    ...(existsSync(token) ? ['--plugin', token] : []),
  ],
  { stdio: 'inherit' },
);
const { figures } = JSON.parse(readFileSync(join(evaluation, 'report.json'), 'utf8'));
if (figures['recognition.accuracy'] > LEAST_ACCURACY) {
  const text = `// Written by tools/publish-mini.mjs.

/** A plug-in checkpoint in base64. */
export const data =
  '${readFileSync(token).toString('base64')}';

export const threshold = ${figures['recognition.threshold'].toFixed(2)};
`;
  await writeFile(join(home, 'src/recognition-weights.ts'), text);
}
execFileSync('npm', ['run', 'build'], { cwd: home, stdio: 'inherit' }); // the package knows its weights' hash
copyFileSync(join(folder, 'curves.svg'), join(evaluation, 'curves.svg'));

execFileSync('node', [join(root, 'tools/mini-card.mjs')], { stdio: 'inherit' });

// A plug-in belongs to the weights that it was trained on.
const example = join(root, 'examples/task-eyeglasses');
execFileSync('npm', ['run', 'train'], {
  cwd: example,
  stdio: 'inherit',
  env: { ...process.env, FACES: resolve(faces) },
});
