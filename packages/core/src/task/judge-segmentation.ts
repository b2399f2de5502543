import { cellAt, type Size, type TurnedBox } from '../image/geometry.js';
import { checkMask, type MaskLabel } from './mask-label.js';
import { type Figures, type Metrics, meanAndParts, total } from './metrics.js';

/** What is judged of a result: a class for every cell of a grid over the crop. */
export interface ClassMap {
  readonly crop: TurnedBox;
  readonly columns: number;
  readonly rows: number;
  readonly labels: Uint8Array;
  readonly classes: readonly string[];
}

/** Sums of each class: pixels right, predicted and true; first of the whole photo, then of the crop. */
const PER_CLASS = 3;

/** Pixels of all photos added up. */
export interface ClassPixels {
  readonly right: number;
  readonly predicted: number;
  readonly actual: number;
}

/** The pixels of class `index` in sums of `count` classes: of whole photos, or of what the crops show. */
export function pixelsOf(sums: Float64Array, count: number, index: number, inside: boolean): ClassPixels {
  const at = PER_CLASS * (index + (inside ? count : 0));
  return { right: sums[at]!, predicted: sums[at + 1]!, actual: sums[at + 2]! };
}

/** Numbers that a verdict adds up for `count` classes. */
export const segmentationSums = (count: number): number => 2 * PER_CLASS * count;

/**
 * Judges a class map over the whole photo; what lies outside the crop counts as predicted background. F1 of a class is
 * 2 * right / (predicted + true) with the pixels of all photos added up, and `<task>.f1` is the mean over the classes
 * without background. `<task>.inside.f1` judges the pixels inside the crops only.
 * @param classes of masks by number, background first
 */
export const judgeSegmentation = (task: string, classes: readonly string[]): Metrics<ClassMap> => ({
  headlines: [
    {
      figure: `${task}.f1`,
      title: `${task}, mean F1 of ${classes.length - 1} classes`,
      unit: 'share',
      better: 'higher',
      audited: true,
    },
  ],
  judge: ({ result, photo }, label) => ({
    sums: countPixels(result, checkMask(task, label), photo, classes),
  }),
  figures(verdicts) {
    const sums = total(verdicts, segmentationSums(classes.length));
    const f1 = (name: string, inside: boolean): Figures => {
      const parts = classes.slice(1).flatMap((label, i): [string, number][] => {
        const { right, predicted, actual } = pixelsOf(sums, classes.length, i + 1, inside);
        return predicted + actual > 0 ? [[label, (2 * right) / (predicted + actual)]] : [];
      });
      return meanAndParts(name, parts);
    };
    return { ...f1(`${task}.f1`, false), ...f1(`${task}.inside.f1`, true) };
  },
});

/** Counts in mask pixels, each judged at its centre. */
function countPixels(
  { crop, columns, rows, labels: cells, classes: own }: ClassMap,
  mask: MaskLabel,
  photo: Size,
  classes: readonly string[],
): Float64Array {
  const sums = new Float64Array(segmentationSums(classes.length));
  const numbers = own.map((name) => classes.indexOf(name));
  const [across, down] = [photo.width / mask.width, photo.height / mask.height];
  for (let y = 0; y < mask.height; y += 1) {
    for (let x = 0; x < mask.width; x += 1) {
      const actual = mask.data[y * mask.width + x]!;
      if (actual >= classes.length) continue;
      const place = { x: (x + 0.5) * across - 0.5, y: (y + 0.5) * down - 0.5 };
      const cell = cellAt(place, { columns, rows }, crop);
      const [column, row] = [Math.floor(cell.x + 0.5), Math.floor(cell.y + 0.5)];
      const isInside = column >= 0 && row >= 0 && column < columns && row < rows;
      const predicted = isInside ? numbers[cells[row * columns + column]!]! : 0;
      count(sums, 0, predicted, actual);
      if (isInside) count(sums, PER_CLASS * classes.length, predicted, actual);
    }
  }
  return sums;
}

function count(sums: Float64Array, start: number, predicted: number, actual: number): void {
  if (predicted === actual) sums[start + PER_CLASS * actual]! += 1;
  sums[start + PER_CLASS * predicted + 1]! += 1;
  sums[start + PER_CLASS * actual + 2]! += 1;
}
