/** `node bench/design/tables.mjs [results]`: writes the tables of docs/decisions/0015-design-experiments.md. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importTypeScript } from '../typescript.mjs';

const [results = 'bench/design/results'] = process.argv.slice(2);
const page = 'docs/decisions/0015-design-experiments.md';
const { VARIANTS } = await importTypeScript('bench/design/variants.ts');

const trials = (existsSync(results) ? readdirSync(results) : [])
  .map((file) => JSON.parse(readFileSync(join(results, file), 'utf8')))
  .filter(({ steps }) => steps);
const newest = trials
  .filter(({ name }) => name === 'base')
  .toSorted((a, b) => b.date.localeCompare(a.date))[0];
const alike = trials.filter((trial) =>
  ['steps', 'size', 'batch'].every((field) => trial[field] === newest?.[field]),
);
const of = (name) => alike.filter((trial) => trial.name === name);
const kept = (file) => {
  const path = join(results, `${file}.json`);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
};

const pose = ({ metrics: m }) => (m['headPose.pitch'] + m['headPose.yaw'] + m['headPose.roll']) / 3;
const metric =
  (name, factor = 1) =>
  (trial) =>
    trial.metrics[name] * factor;
/** Measure by task: heading, digits, how it is read from a trial. */
const MEASURES = {
  parsing: ['parsing F1', 3, metric('parsing.f1')],
  landmarks: ['landmarks NME %', 2, metric('landmarks.nme', 100)],
  headPose: ['pose error °', 2, pose],
  attributes: ['attributes balanced', 3, metric('attributes.balanced')],
  age: ['age error', 2, metric('age.mae')],
  gender: ['gender', 3, metric('gender.accuracy')],
  race: ['race', 3, metric('race.accuracy')],
  expression: ['expression', 3, metric('expression.accuracy')],
};
const COSTS = [
  ['parameters, millions', 2, ({ parameters }) => parameters / 1e6],
  ['latency at batch 1, times the base', 2, ({ name }) => kept(`latency-${name}`)?.batch1.ratio],
  ['at batch 8', 2, ({ name }) => kept(`latency-${name}`)?.batch8.ratio],
];

/** Mean and half the range over seeds. */
function spread(list, [, digits, read]) {
  const values = list.map(read).filter(Number.isFinite);
  if (values.length === 0) return 'not yet run';
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length === 1) return mean.toFixed(digits);
  return `${mean.toFixed(digits)} ± ${((Math.max(...values) - Math.min(...values)) / 2).toFixed(digits)}`;
}

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** A table of what has been run, and a line of what has not. */
function compared(experiment) {
  const columns = [...Object.values(MEASURES), ...COSTS];
  const variants = VARIANTS.filter((variant) => ['base', experiment].includes(variant.experiment));
  const rows = variants
    .filter(({ name }) => of(name).length > 0)
    .map(({ name, says }) => [
      says,
      ...Object.values(MEASURES).map((column) => spread(of(name), column)),
      ...COSTS.map((column) => spread(of(name).slice(0, 1), column)), // the same for every seed
    ]);
  const missing = variants.filter(({ name }) => of(name).length === 0).map(({ says }) => says);
  const measured = table(['', ...columns.map(([heading]) => heading)], rows);
  return missing.length === 0 ? measured : `${measured}\n\nNot run: ${missing.join('; ')}.`;
}

function synergy() {
  const columns = [
    ['joint', () => 'base'],
    ['alone, same faces', (task) => `single-${task}`],
    ['alone, a whole batch', (task) => `full-${task}`],
  ].filter(([, name]) => Object.keys(MEASURES).some((task) => of(name(task)).length > 0));
  return table(
    ['', ...columns.map(([heading]) => heading)],
    Object.entries(MEASURES).map(([task, measure]) => [
      measure[0],
      ...columns.map(([, name]) => spread(of(name(task)), measure)),
    ]),
  );
}

function search() {
  const rows = VARIANTS.filter(({ family }) => family).map(({ says, family }) => {
    const found = kept(`equal-latency-${family}`);
    if (!found) return [says, 'not yet run', '', ''];
    const { backbone, latency, tried } = found;
    const { embedDim, widths, depths } = backbone;
    const size = embedDim ? `embedding ${embedDim}` : `widths ${widths.join(' ')}`;
    const steps = tried.map(({ width, ratio }) => `${width}: ${ratio.toFixed(2)}`).join(', ');
    return [says, `${size}, depths ${depths.join(' ')}`, latency.ratio.toFixed(3), steps];
  });
  return table(['', 'chosen', 'latency, times the base', 'tried (width: ratio)'], rows);
}

function conditions() {
  if (!newest) return 'Not yet run.';
  const { steps, size, batch, cpu, command } = newest;
  const seeds = of('base').map(({ seed }) => seed);
  return (
    `${steps} steps of ${batch} faces at ${size} pixels; base with seeds ${seeds.join(', ')}, others with one; ${cpu}. ` +
    `Command: \`${command}\`.`
  );
}

const sections = {
  conditions,
  search,
  synergy,
  ...Object.fromEntries(
    ['backbone', 'tokens', 'parts', 'teacher'].map((experiment) => [experiment, () => compared(experiment)]),
  ),
};
const filled = Object.entries(sections).reduce(
  (text, [name, make]) => {
    const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [before, rest] = text.split(start);
    if (rest === undefined || !rest.includes(end)) throw new Error(`${page} lacks ${start} ... ${end}`);
    return `${before}${start}\n\n${make()}\n\n${end}${rest.split(end)[1]}`;
  },
  readFileSync(page, 'utf8'),
);
writeFileSync(page, filled);
console.log(`${alike.length} of ${trials.length} trials in the tables of ${page}`);
