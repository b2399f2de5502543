import type { Point } from '@facexformer/core';
import { REGRESSIONS, STRIDE } from './network.js';

/** A possible face: edges of its box, keypoints and score 0..1, in the pixels of whatever it was found in. */
export interface Candidate {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
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
      left: x + dx - width / 2,
      top: y + dy - height / 2,
      right: x + dx + width / 2,
      bottom: y + dy + height / 2,
      score: 1 / (1 + Math.exp(-logit)),
      keypoints: Array.from({ length: points.length / 2 }, (_, i) => ({
        x: x + points[2 * i]!,
        y: y + points[2 * i + 1]!,
      })),
    });
  }
  return found;
}
