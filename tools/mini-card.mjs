/** Fills in the figures of the mini model in its card and the README from its evaluation: node tools/mini-card.mjs */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const home = join(root, 'packages/model-mini');

const percent = (value) => `${(100 * value).toFixed(1)} %`;
const degrees = (value) => `${value.toFixed(1)}°`;
const years = (value) => `${value.toFixed(1)} years`;

/** What the project asks of this model, by figure: at least, or at most. */
const ASKED = [
  ['parsing, mean F1 of 10 classes', 'parsing.f1', percent, { least: 0.865 }],
  ['landmarks, NME inter-ocular', 'landmarks.nme', percent, { most: 0.041 }],
  ['head pose, mean absolute error', 'headPose.mae', degrees, { most: 2 }],
  ['attributes, accuracy', 'attributes.accuracy', percent, { least: 0.89 }],
  ['attributes, balanced accuracy', 'attributes.balanced', percent, { least: 0.745 }],
  ['age, mean absolute error', 'age.mae', years, { most: 4.8 }],
  ['gender, accuracy', 'gender.accuracy', percent, { least: 0.94 }],
  ['race, accuracy (5 classes)', 'race.accuracy', percent, { least: 0.85 }],
  ['expression, accuracy (7 classes)', 'expression.accuracy', percent, { least: 0.79 }],
  ['recognition (apart), verification accuracy', 'recognition.accuracy', percent, { least: 0.95 }],
];
const { figures, intervals, audit } = JSON.parse(readFileSync(join(home, 'eval/report.json'), 'utf8'));
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const measured = ASKED.filter(([, name]) => name in figures).map(
  ([title, name, show, { least = -Infinity, most = Infinity }]) => {
    const { low, high } = intervals[name];
    const value = figures[name];
    const asked = most === Infinity ? `${show(least)} or more` : `${show(most)} or less`;
    const verdict = value >= least && value <= most ? 'yes' : '**no**';
    return [title, show(value), `${show(low)} to ${show(high)}`, asked, verdict];
  },
);

const SHOW = { share: percent, degrees, years };
/** Of each figure the audit's widest gap between groups of people; bands of yaw are in the report. */
const widest = new Map();
for (const { headline, dimension, groups, gap } of audit) {
  if (dimension.startsWith('headPose')) continue;
  if (gap.value <= (widest.get(headline.title)?.gap ?? 0)) continue;
  const show = SHOW[headline.unit];
  const sign = headline.better === 'higher' ? -1 : 1;
  const sorted = groups.toSorted((a, b) => sign * (a.value - b.value));
  const [best, worst] = [sorted[0], sorted.at(-1)].map(({ group, value }) => `${group} ${show(value)}`);
  const row = [headline.title, dimension, best, worst, `${show(gap.low)} to ${show(gap.high)}`];
  widest.set(headline.title, { gap: gap.value, row });
}

/** Replaces a generated section of a document. */
function fill(path, name, content) {
  const text = readFileSync(path, 'utf8');
  const section = new RegExp(`<!-- ${name} -->.*<!-- /${name} -->`, 's');
  if (!section.test(text)) throw new Error(`${path} has no section of ${name}`);
  writeFileSync(path, text.replace(section, `<!-- ${name} -->\n\n${content}\n\n<!-- /${name} -->`));
}

const card = join(home, 'MODEL_CARD.md');
for (const path of [card, join(root, 'README.md')]) {
  fill(path, 'figures', table(['task', 'measured', '95 % interval', 'target', 'reached'], measured));
}
fill(
  card,
  'gaps',
  table(
    ['figure', 'by', 'best group', 'worst group', 'gap, 95 % interval'],
    [...widest.values()].map(({ row }) => row),
  ),
);
