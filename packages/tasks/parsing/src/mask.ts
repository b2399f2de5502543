import type { Point } from '@facexformer/core';
import { photoToGrid } from '@facexformer/core/image';
import type { Parsing, ParsingClass } from './parsing.js';

/** The class at a place of the photo (photo pixels), undefined outside the crop. */
export function maskAt(
  { crop, columns, rows, labels, classes }: Parsing,
  point: Point,
): ParsingClass | undefined {
  const cell = photoToGrid(point, { columns, rows }, crop);
  const [x, y] = [Math.round(cell.x), Math.round(cell.y)];
  if (!(x >= 0 && y >= 0 && x < columns && y < rows)) return undefined;
  return classes[labels[y * columns + x]!];
}

/** Share of the crop that each class covers, 0..1; sums to 1. */
export function classShares({ labels, classes }: Parsing): Readonly<Record<ParsingClass, number>> {
  const counts = new Array<number>(classes.length).fill(0);
  for (const label of labels) counts[label]! += 1;
  const shares = classes.map((name, i) => [name, counts[i]! / labels.length]);
  return Object.fromEntries(shares) as Record<ParsingClass, number>;
}
