import { type Color, defineTask, FaceXFormerError, type Task } from '@facexformer/core';
import type { TurnedBox } from '@facexformer/core/image';
import { classMapJson, classMapSchema, finiteValues, knownLabels, segmentHead } from '@facexformer/core/task';
import { finerClasses, largestClasses } from './labels.js';
import { learning } from './learning.js';
import { metrics } from './metrics.js';
import { vocabulary } from './vocabulary.js';

const { labels: standard } = vocabulary;

/** LaPa's classes; left and right are those of the image. */
export type ParsingClass = (typeof vocabulary.labels)[number];

/** A class for every cell of a grid over the crop. */
export interface Parsing {
  /** The part of the photo under the grid, in photo pixels. */
  readonly crop: TurnedBox;
  readonly columns: number;
  readonly rows: number;
  /** Index into `classes`, row by row from the top, `columns * rows` of them. */
  readonly labels: Uint8Array;
  readonly classes: readonly ParsingClass[];
}

/** The official colours (LaPa's palette); background is not drawn. */
const PARSING_COLORS: Readonly<Record<ParsingClass, Color | undefined>> = {
  background: undefined,
  skin: '#0099ff',
  browImageLeft: '#66ff99',
  browImageRight: '#00cc99',
  eyeImageLeft: '#ffff66',
  eyeImageRight: '#ffffcc',
  nose: '#ff9900',
  upperLip: '#ff66ff',
  innerMouth: '#660033',
  lowerLip: '#ffccff',
  hair: '#ff0066',
};

/** Maps narrower than this are refined between their cells: on val F1 gains 1.5 points at 96 cells. */
const COARSE = 160;

/** Face parsing, one token a class. Raw output: logits [11, H, W] over the crop. */
export const parsing = (): Task<'parsing', Parsing> =>
  defineTask({
    name: 'parsing',
    tokens: standard.length,
    vocabulary,
    head: segmentHead,
    decode(raw, { crop, vocabulary }): Parsing {
      const classes = knownLabels('parsing', vocabulary, standard);
      const [, rows, columns] = raw.dims;
      if (raw.dims.length !== 3 || !rows || !columns) {
        throw new FaceXFormerError(
          'BAD_TENSOR',
          `the raw output of "parsing" has shape [${raw.dims}], expected [${classes.length}, H, W]`,
        );
      }
      const values = finiteValues('parsing', raw, [classes.length, rows, columns]);
      const grid =
        columns < COARSE ? finerClasses(values, rows, columns) : largestClasses(values, rows, columns);
      return { crop, ...grid, classes };
    },
    json: classMapJson(),
    schema: classMapSchema(standard),
    learning,
    draw: ({ crop, columns, rows, labels, classes }) => [
      { kind: 'mask', ...crop, columns, rows, labels, colors: classes.map((name) => PARSING_COLORS[name]) },
    ],
    metrics,
  });
