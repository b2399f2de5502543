import type { Box, Size } from '../image/geometry.js';
import { checkMask, type MaskLabel } from './mask-label.js';
import { type Figures, type Metrics, meanAndParts, total } from './metrics.js';

/** What is judged of a result: a class for every cell of a grid over the crop. */
export interface ClassMap {
  readonly crop: Box;
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
  const across = cellsOf(mask.width, photo.width, crop.x, crop.width, columns);
  const down = cellsOf(mask.height, photo.height, crop.y, crop.height, rows);
  for (let y = 0; y < mask.height; y += 1) {
    const row = down[y]!;
    for (let x = 0; x < mask.width; x += 1) {
      const actual = mask.data[y * mask.width + x]!;
      if (actual >= classes.length) continue;
      const column = across[x]!;
      const isInside = row >= 0 && column >= 0;
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

/** The grid cell under each mask pixel's centre along one axis, -1 outside the crop. */
function cellsOf(pixels: number, size: number, start: number, length: number, cells: number): Int32Array {
  return Int32Array.from({ length: pixels }, (_, i) => {
    const cell = Math.floor(((((i + 0.5) * size) / pixels - start) / length) * cells);
    return cell < cells ? Math.max(cell, -1) : -1;
  });
}
