import { checkOptions, demand, kind, listOf } from '../base/arguments.js';
import type { TurnedBox } from '../image/geometry.js';
import { finiteValues, knownLabels } from './decode.js';
import type { Color } from './draw.js';
import { segmentHead } from './heads.js';
import { judgeSegmentation } from './judge-segmentation.js';
import { checkLabels, type Labels } from './labels.js';
import { checkMask, encodeMask, transformMask } from './mask-label.js';
import { classMapJson, classMapSchema } from './result-json.js';
import { defineTask, type Task } from './task.js';

/** A class for every cell of a grid over the crop. */
export interface Segmentation<Label extends string = string> {
  /** The part of the photo under the grid, in photo pixels. */
  readonly crop: TurnedBox;
  readonly columns: number;
  readonly rows: number;
  /** Index into `classes`, row by row from the top, `columns * rows` of them. */
  readonly labels: Uint8Array;
  /** `background`, then the task's labels. */
  readonly classes: readonly ('background' | Label)[];
}

const PALETTE: readonly Color[] = [
  '#ff9900',
  '#0099ff',
  '#66ff99',
  '#ff66ff',
  '#ffff66',
  '#ff0066',
  '#00cc99',
  '#9966ff',
];

const COLORS = listOf(
  kind('a colour such as "#ff9900"', (value) => typeof value === 'string' && /^#[\da-f]{6}$/i.test(value)),
);
const FEWER = kind('fewer than 255 labels', (value) => Array.isArray(value) && value.length < 255);

/**
 * A whole task that marks regions: one token and one map of logits per label; a cell where none is above 0 is
 * background. It learns from masks of class numbers: 0 background, 1 the first label, 255 unknown.
 * @param options.colors in the order of the labels; a palette by default
 * @throws {FaceXFormerError} `BAD_OPTION`.
 */
export function segment<const Name extends string, const Label extends string>(
  name: Name,
  vocabulary: Labels<Label>,
  options: { readonly colors?: readonly Color[] } = {},
): Task<Name, Segmentation<Label>> {
  checkLabels(name, vocabulary, 1);
  const { labels } = vocabulary;
  demand(labels, FEWER, `vocabulary of task "${name}"`);
  checkOptions('segment', options, { colors: COLORS });
  const { colors = [] } = options;
  const palette = new Map<string, Color>(
    labels.map((label, i) => [label, colors[i] ?? PALETTE[i % PALETTE.length]!]),
  );
  return defineTask({
    name,
    tokens: labels.length,
    vocabulary,
    recipe: { maker: 'segment' },
    head: segmentHead,
    decode(raw, { crop, vocabulary: own }): Segmentation<Label> {
      const names = knownLabels(name, own, labels);
      const [, rows = 0, columns = 0] = raw.dims;
      const values = finiteValues(name, raw, [names.length, rows, columns]);
      return {
        crop,
        columns,
        rows,
        labels: bestAboveZero(values, rows * columns),
        classes: ['background' as const, ...names],
      };
    },
    json: classMapJson(),
    schema: classMapSchema(['background', ...labels]),
    learning: {
      loss: 'mask',
      encode: (label, context) => encodeMask(name, label, context),
      ...(labels.length > 1 && {
        score: (raw: Float32Array, target: Float32Array) => diceByLabel(raw, target, labels),
      }),
      transform: (label, view) => transformMask(checkMask(name, label), view),
      dense: true,
    },
    metrics: judgeSegmentation(name, ['background', ...labels]),
    draw: ({ crop, columns, rows, labels: cells, classes }) => [
      {
        kind: 'mask',
        ...crop,
        columns,
        rows,
        labels: cells,
        colors: classes.map((name) => palette.get(name)),
      },
    ],
  });
}

/** Dice of each label of a face, from [labels, cells]; 1 where a label is neither marked nor true. Cells below 0 are unknown. */
function diceByLabel(
  raw: Float32Array,
  target: Float32Array,
  labels: readonly string[],
): Readonly<Record<string, number>> {
  const cells = raw.length / labels.length;
  return Object.fromEntries(
    labels.map((label, at) => {
      let [both, sum] = [0, 0];
      for (let i = at * cells; i < (at + 1) * cells; i += 1) {
        if (target[i]! < 0) continue;
        const marked = Number(raw[i]! > 0);
        both += marked * target[i]!;
        sum += marked + target[i]!;
      }
      return [`dice.${label}`, sum === 0 ? 1 : (2 * both) / sum];
    }),
  );
}

/** Logits [classes, cells] to 0 for background or 1 + class, the first of equals. */
function bestAboveZero(values: Float32Array, cells: number): Uint8Array {
  const best = new Float32Array(cells);
  const labels = new Uint8Array(cells);
  for (let start = 0, label = 1; start < values.length; start += cells, label += 1) {
    for (let cell = 0; cell < cells; cell += 1) {
      if (values[start + cell]! > best[cell]!) {
        best[cell] = values[start + cell]!;
        labels[cell] = label;
      }
    }
  }
  return labels;
}
