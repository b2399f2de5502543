import { type Face, openTiles, type Tiles } from '../../packages/train/src/data/tiles.js';
import type { Rows } from '../../packages/train/src/trainer/sampler.js';

/** A set with its rows in a batch. */
export interface OpenSet {
  readonly tiles: Tiles;
  readonly rows: number;
  readonly masks: boolean;
}

/** Opens prepared sets; those without rows keep their place, so that the order of the others does not change. */
export const openSets = (
  cache: string,
  rows: Rows,
  split: string,
  teacher = 1,
): Promise<readonly OpenSet[]> =>
  Promise.all(
    rows.map(async ({ set, rows: count }, i) => ({
      tiles: reweighted(await openTiles(cache, set, split), teacher),
      rows: count,
      masks: i === 0,
    })),
  );

/** The same faces with a teacher's points and pose weighing `factor` times as much; without them where it is 0. */
const reweighted = (tiles: Tiles, factor: number): Tiles =>
  factor === 1 ? tiles : { ...tiles, read: (index) => reweightedFace(tiles.read(index), factor) };

function reweightedFace(face: Face, factor: number): Face {
  const { points, pointsWeight = 1, pose, poseWeight = 1, ...labels } = face.labels;
  const weigh = (weight: number): number => (weight < 1 ? weight * factor : weight);
  return {
    ...face,
    labels: {
      ...labels,
      ...(points && weigh(pointsWeight) > 0 && { points, pointsWeight: weigh(pointsWeight) }),
      ...(pose && weigh(poseWeight) > 0 && { pose, poseWeight: weigh(poseWeight) }),
    },
  };
}
