import type { Session, Signal } from '@facexformer/core';
import type { FeatureLayout } from '../features/layout.js';
import type { Views } from '../features/views.js';
import { mean, type Row } from '../metrics/row.js';
import { type Item, loadBatch } from './batches.js';

/** What a forward pass over some photos found. */
export interface Evaluation {
  readonly rows: readonly Row[];
  /** Mean loss; classes count equally. */
  readonly loss: number;
}

/** Runs photos, not mirrored, through a forward graph of a fixed batch; the last batch is filled up. */
export async function evaluate(
  session: Session,
  items: readonly Item[],
  vector: Float32Array,
  {
    batch,
    layout,
    views,
    targetDims,
    signal,
  }: {
    readonly batch: number;
    readonly layout: FeatureLayout;
    readonly views: Views;
    readonly targetDims: readonly number[];
    readonly signal?: Signal | undefined;
  },
): Promise<Evaluation> {
  const rows: Row[] = [];
  const losses = new Map<number, number[]>();
  for (let start = 0; start < items.length; start += batch) {
    const picks = Array.from({ length: batch }, (_, i) => ({
      item: items[(start + i) % items.length]!,
      mirrored: false,
    }));
    const feeds = await loadBatch(picks, layout, views, targetDims);
    const parameters = { dims: [vector.length], data: vector };
    const { raw, losses: found } = await session.run({ ...feeds, parameters }, { signal });
    const size = raw!.data.length / batch;
    for (let i = 0; i < Math.min(batch, items.length - start); i += 1) {
      const { targets, stratum } = items[start + i]!;
      rows.push({ raw: raw!.data.slice(i * size, (i + 1) * size), target: targets[0]!, stratum });
      losses.set(stratum, [...(losses.get(stratum) ?? []), found!.data[i]!]);
    }
  }
  return { rows, loss: mean([...losses.values()].map(mean)) };
}
