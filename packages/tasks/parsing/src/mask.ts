import type { Point } from '@facexformer/core';
import { BYTES, demand, having, LIST } from '@facexformer/core/arguments';
import { photoToGrid } from '@facexformer/core/image';
import type { Parsing, ParsingClass } from './parsing.js';

const PARSING = having('the result of parsing()', { labels: BYTES, classes: LIST });

/** The class at a place of the photo (photo pixels), undefined outside the crop. */
export function maskAt(parsing: Parsing, point: Point): ParsingClass | undefined {
  const { crop, columns, rows, labels, classes } = demand(parsing, PARSING, 'maskAt: parsing');
  const cell = photoToGrid(point, { columns, rows }, crop);
  const [x, y] = [Math.round(cell.x), Math.round(cell.y)];
  if (!(x >= 0 && y >= 0 && x < columns && y < rows)) return undefined;
  return classes[labels[y * columns + x]!];
}

/** Share of the crop that each class covers, 0..1; sums to 1. */
export function classShares(parsing: Parsing): Readonly<Record<ParsingClass, number>> {
  const { labels, classes } = demand(parsing, PARSING, 'classShares: parsing');
  const counts = new Array<number>(classes.length).fill(0);
  for (const label of labels) counts[label]! += 1;
  const shares = classes.map((name, i) => [name, counts[i]! / labels.length]);
  return Object.fromEntries(shares) as Record<ParsingClass, number>;
}
