/**
 * Measures the weights of a run of `facexformer train` on the val split and puts them into packages/model-mini, with
 * the evaluation and the model card's figures: node tools/publish-mini.mjs FACES RUN [--threads N]
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
execFileSync('npx', ['tsup'], { cwd: home, stdio: 'inherit' }); // the package knows its weights' hash
copyFileSync(join(folder, 'curves.svg'), join(evaluation, 'curves.svg'));

const percent = (value) => `${(100 * value).toFixed(1)} %`;
const degrees = (value) => `${value.toFixed(1)}°`;
const years = (value) => `${value.toFixed(1)} years`;

/** What the project asks of this model, by figure. */
const FLOORS = [
  ['parsing, mean F1 of 10 classes', 'parsing.f1', percent, '84 %'],
  ['landmarks, NME inter-ocular', 'landmarks.nme', percent, '5.0 % or lower'],
  ['head pose, mean absolute error', 'headPose.mae', degrees, '4.5° or lower'],
  ['attributes, accuracy', 'attributes.accuracy', percent, '87 %'],
  ['attributes, balanced accuracy', 'attributes.balanced', percent, '70 %'],
  ['age, mean absolute error', 'age.mae', years, '6.0 years or lower'],
  ['gender, accuracy', 'gender.accuracy', percent, '92 %'],
  ['race, accuracy (5 classes)', 'race.accuracy', percent, '79 %'],
  ['expression, accuracy (7 classes)', 'expression.accuracy', percent, '62 %'],
];
const { figures, intervals } = JSON.parse(readFileSync(join(evaluation, 'report.json'), 'utf8'));
const rows = FLOORS.map(([title, name, show, asked]) => {
  const { low, high } = intervals[name];
  return `| ${title} | ${show(figures[name])} | ${show(low)} to ${show(high)} | ${asked} |`;
});
const table = ['| task | measured | 95 % interval | asked for |', '|---|---|---|---|', ...rows].join('\n');

for (const path of [join(home, 'MODEL_CARD.md'), join(root, 'README.md')]) {
  const text = readFileSync(path, 'utf8');
  const section = /<!-- figures -->.*<!-- \/figures -->/s;
  if (!section.test(text)) throw new Error(`${path} has no section of figures`);
  writeFileSync(path, text.replace(section, `<!-- figures -->\n\n${table}\n\n<!-- /figures -->`));
}
