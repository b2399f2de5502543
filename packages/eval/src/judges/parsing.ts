import { VOCABULARIES } from '@facexformer/core';
import type { Parsing } from '@facexformer/tasks';
import type { Mask } from '../sample.js';
import { type Judge, meanOf, share, total } from './judge.js';

const { labels } = VOCABULARIES.parsing;
const COUNT = labels.length;
const HAIR = labels.indexOf('hair');

/** Sums: pixels right, predicted and true of each class over the whole image; the same inside the crop; hair outside. */
const WIDTH = 6 * COUNT + 1;

/**
 * Face parsing over the whole image; what lies outside the crop counts as predicted background. F1 of a class is
 * 2 * right / (predicted + true) with pixels of all images added up, and `parsing.f1` is its mean over the ten classes
 * without background. `parsing.inside.f1` judges the pixels inside the crop only. `parsing.hairOutside` is the share
 * of hair that the crop cannot show.
 */
export const judgeParsing: Judge = {
  task: 'parsing',
  judge({ result, size }, { mask }) {
    return mask && { sums: countPixels(result as Parsing, mask, size) };
  },
  figures(verdicts) {
    const sums = total(verdicts, WIDTH);
    return {
      ...f1Figures('parsing.f1', sums.subarray(0, 3 * COUNT)),
      ...f1Figures('parsing.inside.f1', sums.subarray(3 * COUNT, 6 * COUNT)),
      ...share('parsing.hairOutside', sums[WIDTH - 1]!, sums[3 * HAIR + 2]!),
    };
  },
};

function f1Figures(name: string, sums: Float64Array): Readonly<Record<string, number>> {
  const classes = labels.slice(1).flatMap((label, i): [string, number][] => {
    const [right, predicted, actual] = sums.subarray(3 * (i + 1)) as unknown as [number, number, number];
    return predicted + actual > 0 ? [[label, (2 * right) / (predicted + actual)]] : [];
  });
  const mean = meanOf(classes.map(([, value]) => value));
  if (mean === undefined) return {};
  return {
    [name]: mean,
    ...Object.fromEntries(classes.map(([label, value]) => [`${name}.${label}`, value])),
  };
}

/** Counts in mask pixels, each judged at its centre. */
function countPixels(
  { crop, columns, rows, labels: cells, classes }: Parsing,
  mask: Mask,
  size: { readonly width: number; readonly height: number },
): Float64Array {
  const sums = new Float64Array(WIDTH);
  const standard = classes.map((name) => labels.indexOf(name));
  const across = cellsOf(mask.width, size.width, crop.x, crop.width, columns);
  const down = cellsOf(mask.height, size.height, crop.y, crop.height, rows);
  for (let y = 0; y < mask.height; y += 1) {
    const row = down[y]!;
    for (let x = 0; x < mask.width; x += 1) {
      const actual = mask.classes[y * mask.width + x]!;
      if (actual >= COUNT) continue;
      const column = across[x]!;
      const inside = row >= 0 && column >= 0;
      const predicted = inside ? standard[cells[row * columns + column]!]! : 0;
      count(sums, 0, predicted, actual);
      if (inside) count(sums, 3 * COUNT, predicted, actual);
      else if (actual === HAIR) sums[WIDTH - 1]! += 1;
    }
  }
  return sums;
}

function count(sums: Float64Array, start: number, predicted: number, actual: number): void {
  if (predicted === actual) sums[start + 3 * actual]! += 1;
  sums[start + 3 * predicted + 1]! += 1;
  sums[start + 3 * actual + 2]! += 1;
}

/** The grid cell under each mask pixel's centre along one axis, -1 outside the crop. */
function cellsOf(pixels: number, size: number, start: number, length: number, cells: number): Int32Array {
  return Int32Array.from({ length: pixels }, (_, i) => {
    const cell = Math.floor(((((i + 0.5) * size) / pixels - start) / length) * cells);
    return cell < cells ? Math.max(cell, -1) : -1;
  });
}
