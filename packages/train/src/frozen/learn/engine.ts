import type { ModelParameters } from '@facexformer/autodiff';
import type { Checkpoint, Runtime, Session, Signal } from '@facexformer/core';
import { openGraph } from '../../engine/open-graph.js';
import type { Views } from '../features/views.js';
import { mean, type Row } from '../metrics/row.js';
import { type Item, loadBatch } from './items.js';
import { forwardGraph, stepGraph, type TaskPlan } from './task-graphs.js';

/** What {@link openEngine} works with. */
export interface EngineOptions {
  readonly plan: TaskPlan;
  /** Photos that are measured at once. */
  readonly measured: number;
  readonly parameters: ModelParameters;
  readonly runtime: Runtime;
  readonly base: Checkpoint;
  readonly views: Views;
  readonly targetDims: readonly number[];
  readonly signal?: Signal | undefined;
}

/** What a forward pass over some photos found. */
export interface Evaluation {
  readonly rows: readonly Row[];
  /** Mean loss; classes count equally. */
  readonly loss: number;
}

/** The opened graphs of a task; any number of trainings can use them one after the other. */
export interface Engine extends EngineOptions {
  /** One optimiser step. */
  readonly step: Session;
  measure(items: readonly Item[], vector: Float32Array): Promise<Evaluation>;
  dispose(): Promise<void>;
}

/** Opens both graphs, or neither. @throws {FaceXFormerError} `DEVICE_UNAVAILABLE`, `RUNTIME`, `ABORTED`. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { plan, parameters, measured: batch, runtime, base, signal } = options;
  const { raw, losses } = forwardGraph({ ...plan, batch }, parameters);
  const forward = await openGraph(runtime, { raw, losses }, base, { signal });
  try {
    const step = await openGraph(runtime, stepGraph(plan, parameters), base, { signal });
    return {
      ...options,
      step,
      measure: (items, vector) => evaluate(forward, items, vector, options),
      async dispose() {
        await Promise.all([forward.dispose(), step.dispose()]);
      },
    };
  } catch (error) {
    await forward.dispose();
    throw error;
  }
}

/** Runs photos, not mirrored, through a forward graph of a fixed batch; the last batch is filled up. */
async function evaluate(
  session: Session,
  items: readonly Item[],
  vector: Float32Array,
  { plan, measured: batch, views, targetDims, signal }: EngineOptions,
): Promise<Evaluation> {
  const rows: Row[] = [];
  const losses = new Map<number, number[]>();
  for (let start = 0; start < items.length; start += batch) {
    const picks = Array.from({ length: batch }, (_, i) => ({
      item: items[(start + i) % items.length]!,
      mirrored: false,
    }));
    const feeds = await loadBatch(picks, plan.layout, views, targetDims);
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
