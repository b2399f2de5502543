import type { Point } from '@facexformer/core';
import { intersectionOverUnion } from '@facexformer/core/image';
import type { Candidate } from './decode.js';

/** Candidates whose intersection over union is above this are the same face. */
const SAME_FACE = 0.3;

/**
 * Weighted non-maximum suppression, as BlazeFace prescribes: the candidates of one face become their mean weighted by
 * score, instead of all but the best being dropped. Best score first.
 */
export function suppressNonMaxima(candidates: readonly Candidate[]): Candidate[] {
  const faces: Candidate[] = [];
  let [best, ...rest] = [...candidates].sort((a, b) => b.score - a.score);
  while (best) {
    const { box, score } = best;
    const same = [best];
    const others: Candidate[] = [];
    for (const other of rest) {
      (intersectionOverUnion(box, other.box) > SAME_FACE ? same : others).push(other);
    }
    faces.push({ ...weightedMean(same), score });
    [best, ...rest] = others;
  }
  return faces;
}

function weightedMean(candidates: readonly Candidate[]): Omit<Candidate, 'score'> {
  const total = candidates.reduce((sum, { score }) => sum + score, 0);
  const mean = (pick: (candidate: Candidate) => number): number =>
    candidates.reduce((sum, candidate) => sum + pick(candidate) * candidate.score, 0) / total;
  return {
    box: {
      x: mean(({ box }) => box.x),
      y: mean(({ box }) => box.y),
      width: mean(({ box }) => box.width),
      height: mean(({ box }) => box.height),
    },
    keypoints: candidates[0]!.keypoints.map(
      (_, i): Point => ({ x: mean((c) => c.keypoints[i]!.x), y: mean((c) => c.keypoints[i]!.y) }),
    ),
  };
}
