import type { Box, Point } from '@facexformer/core';
import { REGRESSIONS, STRIDE } from './network.js';
import type { Window } from './windows.js';

/** A possible face, its score in 0..1. Box and keypoints count photo pixels from the top-left edge. */
export interface Candidate {
  readonly box: Box;
  readonly score: number;
  readonly keypoints: readonly Point[];
}

/**
 * Turns what the network says of a window into candidates with at least `minScore`. Every cell has one square anchor of fixed size, so regressions are plain offsets from its centre.
 * @param scores logits [cells]
 * @param regressions input pixels [16, cells]
 */
export function decodeCandidates(
  scores: Float32Array,
  regressions: Float32Array,
  window: Window,
  minScore: number,
): Candidate[] {
  const cells = scores.length;
  const columns = window.width / STRIDE;
  const least = Math.log(minScore / (1 - minScore));
  const found: Candidate[] = [];
  for (let cell = 0; cell < cells; cell += 1) {
    const logit = scores[cell]!;
    if (!(logit >= least)) continue;
    const value = (index: number): number => regressions[index * cells + cell]! * window.scale;
    const [width, height] = [value(2), value(3)];
    if (!(width > 0 && height > 0)) continue;
    const x = window.x + ((cell % columns) + 0.5) * STRIDE * window.scale;
    const y = window.y + (Math.floor(cell / columns) + 0.5) * STRIDE * window.scale;
    found.push({
      box: { x: x + value(0) - width / 2, y: y + value(1) - height / 2, width, height },
      score: 1 / (1 + Math.exp(-logit)),
      keypoints: Array.from({ length: REGRESSIONS / 2 - 2 }, (_, i) => ({
        x: x + value(4 + 2 * i),
        y: y + value(5 + 2 * i),
      })),
    });
  }
  return found;
}
