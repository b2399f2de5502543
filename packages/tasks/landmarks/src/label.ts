import type { Point } from '@facexformer/core';
import { numberList } from '@facexformer/core/task';

const COUNT = 68;

/**
 * The points of a label, 136 numbers x0, y0, x1, y1, ...
 * @throws {FaceXFormerError} `BAD_OPTION`.
 */
export function pointsOf(label: unknown): readonly Point[] {
  const list = numberList('landmarks', label, 2 * COUNT);
  return Array.from({ length: COUNT }, (_, i) => ({ x: list[2 * i]!, y: list[2 * i + 1]! }));
}
