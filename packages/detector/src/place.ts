import type { Candidate } from './decode.js';
import type { Window } from './pyramid.js';

/** Brings what was found in a window's picture of `size` pixels to photo pixels. */
export function placeInPhoto(found: Candidate, window: Window, size: number): Candidate {
  const scale = window.side / size;
  const { left, top, right, bottom, score, keypoints } = found;
  return {
    left: window.x + left * scale,
    top: window.y + top * scale,
    right: window.x + right * scale,
    bottom: window.y + bottom * scale,
    score,
    keypoints: keypoints.map(({ x, y }) => ({ x: window.x + x * scale, y: window.y + y * scale })),
  };
}
