import type { Point } from '@facexformer/core';
import type { Candidate } from './decode.js';
import type { Window } from './pyramid.js';

/** Maps a candidate from a window's picture of `size` pixels to photo pixels. */
export function placeInPhoto({ box, score, keypoints }: Candidate, window: Window, size: number): Candidate {
  const scale = window.side / size;
  const place = ({ x, y }: Point): Point => ({ x: window.x + x * scale, y: window.y + y * scale });
  return {
    box: { ...place(box), width: box.width * scale, height: box.height * scale },
    score,
    keypoints: keypoints.map(place),
  };
}
