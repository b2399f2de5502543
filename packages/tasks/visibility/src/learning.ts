import type { Point } from '@facexformer/core';
import { flagList, type KnownFace, type Learning } from '@facexformer/core/task';
import { vocabulary } from './vocabulary.js';

/**
 * The 68 points that stand for each of COFW's 29: a place of its own, or the middle between two. There are few hand
 * labels of visibility; it is learned from what a trainer paints over a face.
 */
const COFW_PLACES: readonly (readonly [number, number])[] = [
  [17, 17], [26, 26], [21, 21], [22, 22], [19, 19], [19, 37], [24, 24], [24, 44], [36, 36], [45, 45],
  [39, 39], [42, 42], [37, 38], [40, 41], [43, 44], [46, 47], [37, 40], [43, 46], [31, 31], [35, 35],
  [30, 30], [33, 33], [48, 48], [54, 54], [51, 51], [62, 62], [66, 66], [57, 57], [8, 8],
]; // biome-ignore format: pairs by face part

const NAMES: readonly string[] = vocabulary.labels;
const COUNT = NAMES.length;

const flagsOf = (label: unknown): readonly number[] => flagList('visibility', label, COUNT);

/** Each point's place in a mirrored face. */
const MIRRORED: readonly number[] = NAMES.map((name) => {
  const other = name.replace(/Left|Right/, (side) => (side === 'Left' ? 'Right' : 'Left'));
  return NAMES.indexOf(other);
});

/** Labels are 29 times 1 (hidden) or 0, in COFW's order; where there are none, they follow from the landmarks. */
export const learning: Learning = {
  loss: 'binaryCrossEntropy',
  encode: flagsOf,
  transform(label, { mirrored }) {
    const flags = flagsOf(label);
    return mirrored ? MIRRORED.map((i) => flags[i]!) : flags;
  },
  derive: hiddenPoints,
};

/** Which points are painted over; undefined for a face without landmarks. */
function hiddenPoints({ labels: { landmarks }, covered }: KnownFace): readonly number[] | undefined {
  if (!Array.isArray(landmarks)) return undefined;
  const at = (i: number): Point => ({ x: landmarks[2 * i], y: landmarks[2 * i + 1] });
  return COFW_PLACES.map(([i, j]) => {
    const [a, b] = [at(i), at(j)];
    return Number(covered?.({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }) ?? false);
  });
}
