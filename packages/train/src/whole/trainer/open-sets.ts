import type { Rows, SetRows } from '../batch/set-sampler.js';
import { planSteps, type StepPlan, type TrainingPlan } from '../plan/plan.js';
import type { TileLabels } from '../tiles/tile-index.js';
import { openTiles } from '../tiles/tiles.js';

/** Faces of a named set in every batch. */
export interface OpenSet extends SetRows {
  readonly set: string;
}

/** Opens a split of all sets; those with dense labels come first, so that the first rows of a batch hold them. */
export async function openSets(
  { cache, sets }: { readonly cache: string; readonly sets: Rows },
  split: string,
): Promise<readonly OpenSet[]> {
  const opened = await Promise.all(
    sets.map(async ({ set, rows }) => ({ set, tiles: await openTiles(cache, set, split), rows })),
  );
  const isDense = ({ tiles }: SetRows): boolean => tiles.dense.length > 0;
  return [...opened.filter(isDense), ...opened.filter((set) => !isDense(set))];
}

/** Closes the files. */
export const closeSets = (sets: readonly SetRows[]): void => {
  for (const { tiles } of sets) tiles.close();
};

/** The plan for steps on these sets. */
export function planFor(plan: TrainingPlan, sets: readonly SetRows[]): StepPlan {
  const dense: Record<string, number> = {};
  let batch = 0;
  for (const { tiles, rows } of sets) {
    batch += rows;
    for (const task of tiles.dense) dense[task] = batch;
  }
  return planSteps(plan, batch, dense);
}

/** What is known of all faces. */
export const facesIn = (sets: readonly SetRows[]): readonly TileLabels[] =>
  sets.flatMap(({ tiles }) => tiles.labels);
