import type { Rows, SetRows } from '../../packages/train/src/whole/batch/set-sampler.js';
import type { Face, Tiles } from '../../packages/train/src/whole/tiles/tiles.js';
import { openSets as open } from '../../packages/train/src/whole/trainer/open-sets.js';

/** Opens prepared sets; those without rows keep their place, so that the order of the others does not change. */
export async function openSets(
  cache: string,
  sets: Rows,
  split: string,
  teacher = 1,
): Promise<readonly SetRows[]> {
  const opened = await open({ cache, sets }, split);
  return opened.map(({ tiles, rows }) => ({ tiles: reweighted(tiles, teacher), rows }));
}

/** The same faces with a teacher's labels weighing `factor` times as much; without them where it is 0. */
const reweighted = (tiles: Tiles, factor: number): Tiles =>
  factor === 1 ? tiles : { ...tiles, read: (index) => reweightedFace(tiles.read(index), factor) };

function reweightedFace(face: Face, factor: number): Face {
  const weights = Object.entries(face.weights).map(
    ([task, weight]) => [task, weight < 1 ? weight * factor : weight] as const,
  );
  const dropped = new Set(weights.flatMap(([task, weight]) => (weight === 0 ? [task] : [])));
  return {
    ...face,
    labels: Object.fromEntries(Object.entries(face.labels).filter(([task]) => !dropped.has(task))),
    weights: Object.fromEntries(weights),
  };
}
