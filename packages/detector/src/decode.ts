import type { Box, Point } from '@facexformer/core';
import { REGRESSIONS, STRIDE } from './network.js';

/** A possible face, its score in 0..1. Box and keypoints count pixels from the top-left edge of the picture it was found in. */
export interface Candidate {
  readonly box: Box;
  readonly score: number;
  readonly keypoints: readonly Point[];
}

/**
 * Turns one picture's raw output into candidates with at least `minScore`, in input pixels counted from the top-left
 * edge. Every cell has one square anchor of fixed size, so regressions are plain offsets from the cell's centre.
 * @param scores logits [cells]
 * @param regressions input pixels [cells, 16]
 */
export function decodeCandidates(
  scores: Float32Array,
  regressions: Float32Array,
  size: number,
  minScore: number,
): Candidate[] {
  const columns = size / STRIDE;
  const least = Math.log(minScore / (1 - minScore));
  const found: Candidate[] = [];
  for (const [cell, logit] of scores.entries()) {
    if (!(logit >= least)) continue;
    const x = ((cell % columns) + 0.5) * STRIDE;
    const y = (Math.floor(cell / columns) + 0.5) * STRIDE;
    const [dx, dy, width, height, ...points] = regressions.subarray(
      cell * REGRESSIONS,
      (cell + 1) * REGRESSIONS,
    ) as unknown as [number, number, number, number, ...number[]];
    if (!(width > 0 && height > 0)) continue;
    found.push({
      box: { x: x + dx - width / 2, y: y + dy - height / 2, width, height },
      score: 1 / (1 + Math.exp(-logit)),
      keypoints: Array.from({ length: points.length / 2 }, (_, i) => ({
        x: x + points[2 * i]!,
        y: y + points[2 * i + 1]!,
      })),
    });
  }
  return found;
}
