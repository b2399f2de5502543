import type { Point } from '@facexformer/core';
import type { Candidate } from './decode.js';

/** Candidates that overlap more than this are the same face. */
const SAME_FACE = 0.3;

/**
 * Joins candidates of the same face into their mean weighted by score, as BlazeFace prescribes instead of
 * dropping all but the best. Best score first.
 */
export function mergeCandidates(candidates: readonly Candidate[]): Candidate[] {
  let rest = [...candidates].sort((a, b) => b.score - a.score);
  const faces: Candidate[] = [];
  for (let [best] = rest; best; [best] = rest) {
    const first = best;
    const same = rest.filter((other) => other === first || overlap(first, other) > SAME_FACE);
    rest = rest.filter((other) => !same.includes(other));
    faces.push({ ...weightedMean(same), score: first.score });
  }
  return faces;
}

/** Intersection over union. */
export function overlap(a: Candidate, b: Candidate): number {
  const shared = sharedArea(a, b);
  return shared / (area(a) + area(b) - shared);
}

export const area = ({ left, top, right, bottom }: Candidate): number => (right - left) * (bottom - top);

export function sharedArea(a: Candidate, b: Candidate): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}

function weightedMean(candidates: readonly Candidate[]): Omit<Candidate, 'score'> {
  const total = candidates.reduce((sum, { score }) => sum + score, 0);
  const mean = (pick: (candidate: Candidate) => number): number =>
    candidates.reduce((sum, candidate) => sum + pick(candidate) * candidate.score, 0) / total;
  return {
    left: mean(({ left }) => left),
    top: mean(({ top }) => top),
    right: mean(({ right }) => right),
    bottom: mean(({ bottom }) => bottom),
    keypoints: candidates[0]!.keypoints.map(
      (_, i): Point => ({ x: mean((c) => c.keypoints[i]!.x), y: mean((c) => c.keypoints[i]!.y) }),
    ),
  };
}
