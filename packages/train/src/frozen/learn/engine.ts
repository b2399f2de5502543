import type { ModelParameters } from '@facexformer/autodiff';
import type { Checkpoint, Runtime, Session, Signal } from '@facexformer/core';
import type { Value } from '@facexformer/core/graph';
import { openGraph } from '../../engine/open-graph.js';
import type { Views } from '../features/views.js';
import type { Item } from './batches.js';
import { type Evaluation, evaluate } from './evaluate.js';
import { forwardGraph, stepGraph, type TaskPlan } from './step.js';

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

/** The opened graphs of a task; any number of trainings can use them one after the other. */
export interface Engine extends EngineOptions {
  /** One optimiser step. */
  readonly step: Session;
  measure(items: readonly Item[], vector: Float32Array): Promise<Evaluation>;
  dispose(): Promise<void>;
}

/** Opens both graphs, or neither. @throws {FaceXFormerError} `DEVICE_UNAVAILABLE`, `RUNTIME`, `ABORTED`. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { plan, parameters, measured: batch } = options;
  const { raw, losses } = forwardGraph({ ...plan, batch }, parameters);
  const forward = await open(options, { raw, losses });
  try {
    const step = await open(options, stepGraph(plan, parameters));
    return {
      ...options,
      step,
      measure: (items, vector) => evaluate(forward, items, vector, { ...options, ...plan, batch }),
      async dispose() {
        await Promise.all([forward.dispose(), step.dispose()]);
      },
    };
  } catch (error) {
    await forward.dispose();
    throw error;
  }
}

const open = (
  { runtime, base, signal }: EngineOptions,
  outputs: Readonly<Record<string, Value>>,
): Promise<Session> => openGraph(runtime, outputs, base, { signal });
