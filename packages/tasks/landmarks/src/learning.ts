import type { Point } from '@facexformer/core';
import { photoToUnit, toView } from '@facexformer/core/image';
import type { FaceOutline, Learning } from '@facexformer/core/task';
import { LANDMARK_GROUPS } from './groups.js';
import { pointsOf } from './label.js';

/** Where each of the 68 points is found in a mirrored face. */
export const MIRRORED_POINTS: readonly number[] = [
  16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 27, 28,
  29, 30, 35, 34, 33, 32, 31, 45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40, 54, 53, 52, 51, 50, 49, 48, 59,
  58, 57, 56, 55, 64, 63, 62, 61, 60, 67, 66, 65,
];

const flat = (points: readonly Point[]): readonly number[] => points.flatMap(({ x, y }) => [x, y]);

/** Labels are 136 numbers x0, y0, x1, y1, ... in photo pixels, in iBUG order. */
export const learning: Learning = {
  loss: 'absolute',
  encode: (label, { crop }) => flat(pointsOf(label).map((point) => photoToUnit(point, crop))),
  transform(label, view) {
    const points = pointsOf(label);
    const ordered = view.mirrored ? MIRRORED_POINTS.map((i) => points[i]!) : points;
    return flat(ordered.map((point) => toView(view, point)));
  },
  outline: (label) => outlineOf(pointsOf(label)),
};

/** The jaw has its chin in the middle; the brows follow it against the order of their points. */
function outlineOf(points: readonly Point[]): FaceOutline {
  const { jaw, browImageLeft, browImageRight, noseBridge } = LANDMARK_GROUPS;
  return {
    jaw: points.slice(...jaw),
    brows: points.slice(browImageLeft[0], browImageRight[1]).reverse(),
    chin: points[(jaw[1] - 1) / 2]!,
    bridge: points[noseBridge[0]]!,
  };
}
