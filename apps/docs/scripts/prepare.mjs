import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { prepareDemo } from './demo.mjs';

const docs = join(import.meta.dirname, '..');
const root = join(docs, '../..');
const model = join(root, 'packages/model-mini');

/** What the playground fetches from `public/playground/`; the bundler emits the weights and onnxruntime-web's files. */
const FILES = [[join(root, 'fixtures/astronaut.png'), 'astronaut.png']];

const MISSING = `# Evaluation report

There is no evaluation report of the shipped weights yet (\`packages/model-mini/eval/report.md\`).
`;

/** Brings what the site takes from other packages; nothing of it is kept in git. */
export async function prepare() {
  for (const [from, name] of FILES) {
    const to = join(docs, 'public/playground', name);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to);
  }
  prepareEvaluation(join(model, 'eval'), join(docs, 'evaluation'));
  await prepareDemo();
}

/** The model card, and the evaluation report as a page with its pictures beside it. */
function prepareEvaluation(from, to) {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  const report = join(from, 'report.md');
  if (existsSync(report)) cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('.json') });
  const text = existsSync(report) ? readFileSync(report, 'utf8') : MISSING;
  rmSync(join(to, 'report.md'), { force: true });
  const matter =
    '---\ndescription: "Every measured figure of the shipped weights, with intervals and bias audit"\n---\n\n';
  writeFileSync(join(to, 'index.md'), `${matter}${plain(text)}`);
  const card = readFileSync(join(model, 'MODEL_CARD.md'), 'utf8').replaceAll(
    '(eval/report.md)',
    '(/evaluation/)',
  );
  writeFileSync(join(to, 'model-card.part'), plain(card.replace(/^# .*\n/, '').replace(/^## /gm, '### ')));
}

/** Text that Vue leaves alone. */
const plain = (markdown) =>
  markdown.replaceAll('{{', '{ {').replace(/<(?!!--|\/?(img|br|details|summary|sub|sup)\b)/g, '&lt;');
