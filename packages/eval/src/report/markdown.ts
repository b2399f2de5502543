import type { Figures } from '@facexformer/core/task';
import type { Comparison } from '../statistics/audit.js';
import { spanToWords, toWords } from '../words/words.js';
import { partsText } from './parts.js';
import type { ReportPicture } from './pictures.js';
import type { Report } from './report.js';
import { type Cells, table } from './table.js';

/** The report for people; pictures are linked by their file names. */
export function markdownOf(report: Report, pictures: readonly ReportPicture[]): string {
  const { model, split, device, framing, figures, audit, calibration } = report;
  const crops =
    framing === 'detector'
      ? 'found by the detector, else the fixed square of its set'
      : 'the fixed square of each set';
  return [
    `# Evaluation of \`${model.name}\` on \`${split}\``,
    model.trained ? undefined : '**UNTRAINED WEIGHTS: these figures mean nothing.**',
    `Weights: ${model.source}. Licence: ${model.licence}.${model.contentHash ? ` Content ${model.contentHash}.` : ''}`,
    `Device ${device}; each face's crop is ${crops}. Intervals hold 95 % of 1000 bootstrap resamples of the faces.`,
    '## Figures',
    headlineTable(report),
    framing === 'detector' ? detectionTable(figures) : undefined,
    '## Parts',
    partsText(report),
    audit.length > 0 ? auditText(audit) : undefined,
    '## Calibration',
    'One temperature a head. ECE over 15 bins; "after" judges each half of the faces at the temperature of the other half.',
    table(
      ['head', 'faces', 'temperature', 'ECE before', 'after', 'NLL before', 'after'],
      Object.entries(calibration).map(([task, { n, temperature, before, after }]) => [
        task,
        `${n}`,
        temperature.toFixed(2),
        toWords(before.error, 'share'),
        toWords(after.error, 'share'),
        before.negativeLogLikelihood.toFixed(3),
        after.negativeLogLikelihood.toFixed(3),
      ]),
    ),
    '## Pictures',
    ...pictures.map(({ title, file }) => `![${title}](${file})`),
  ]
    .filter((part) => part !== undefined)
    .join('\n\n')
    .concat('\n');
}

function headlineTable({ headlines, figures, intervals }: Report): string {
  const rows = headlines.flatMap(({ figure, title, unit, better }): Cells[] => {
    const value = figures[figure];
    if (value === undefined) return [];
    const n = figures[`${figure.split('.')[0]}.n`]!;
    const span = spanToWords(intervals[figure]!, unit);
    return [
      [`${title}${better === 'lower' ? ' (lower is better)' : ''}`, toWords(value, unit), span, `${n}`],
    ];
  });
  return table(['figure', 'value', '95 % interval', 'faces'], rows);
}

const detectionTable = (figures: Figures): string =>
  table(
    ['set', 'faces that the detector found'],
    Object.entries(figures)
      .filter(([name]) => name.startsWith('detected.'))
      .map(([name, value]) => [name.slice('detected.'.length), toWords(value, 'share')]),
  );

function auditText(audit: readonly Comparison[]): string {
  const rows = audit.map(({ headline: { title, unit, better }, dimension, groups, gap }): Cells => {
    const sorted = groups.toSorted((a, b) => (better === 'higher' ? b.value - a.value : a.value - b.value));
    const [best, worst] = [sorted[0]!, sorted.at(-1)!];
    const say = ({ group, value, n }: (typeof groups)[number]): string =>
      `${group} ${toWords(value, unit)} (n ${n})`;
    return [title, dimension, say(best), say(worst), toWords(gap.value, unit), spanToWords(gap, unit)];
  });
  return [
    '## Bias audit',
    'Best minus worst group, groups of at least 30 faces. Chance alone makes a gap positive, more so with small groups: read ' +
      "it with its interval. Dimensions marked (predicted) are the model's own guesses, where the set has no such labels. Means " +
      'over classes or attributes use those that every group has.',
    table(['figure', 'by', 'best', 'worst', 'gap', '95 % interval'], rows),
  ].join('\n\n');
}
