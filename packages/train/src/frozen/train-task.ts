import type { ModelParameters } from '@facexformer/autodiff';
import { type Checkpoint, FaceXFormerError, type Task } from '@facexformer/core';
import { requireVersion } from '@facexformer/core/task';
import { memoryCache } from './features/cache.js';
import { collectSamples } from './features/collect.js';
import { featureLayout } from './features/layout.js';
import { openViews } from './features/views.js';
import { openEngine } from './learn/engine.js';
import { prepareItems } from './learn/items.js';
import { learn } from './learn/learn.js';
import { learningOf, type TaskPlan, taskParameters, taskShapes } from './learn/task-graphs.js';
import { metricsOf } from './metrics/metrics.js';
import { checkTraining, type TrainTaskOptions } from './options.js';
import type { TrainedTask } from './result.js';

/**
 * Trains a task on a frozen model: its tokens and head are trained, everything else stays bit for bit as it is. The
 * model sees each photo (and its mirror image) once; epochs run the task's own path only.
 *
 * ```ts
 * const { checkpoint, metrics } = await trainTask({
 *   task: classify('eyeglasses', { id: 'eyeglasses@1', labels: ['without', 'with'] }),
 *   base: await openCheckpoint(await fileSource('mini.safetensors')),
 *   runtime: nodeRuntime(),
 *   detector: blazeFace(),
 *   data: photosOfFolder('photos'), // from '@facexformer/data': photos/with/*.jpg, photos/without/*.jpg
 * });
 * ```
 * @throws {FaceXFormerError} `BAD_OPTION` for options, labels or too few photos, `UNSUPPORTED` for a task that does not
 * say how it learns or is of another version of the contract, and for a base without a content hash, `DUPLICATE_TASK`
 * for a name that the base has, `ABORTED`, `RUNTIME`; what `data` throws.
 */
export async function trainTask<Image>(options: TrainTaskOptions<Image>): Promise<TrainedTask> {
  const training = checkTraining(options);
  const { task, base, runtime, cache = memoryCache(), signal } = options;
  const contentHash = requireTrainable(task, base);
  const config = base.info.model;
  const layout = featureLayout(config, task);
  const { flip, seed, batch } = training;
  const { samples, skipped } = await collectSamples({ ...options, cache, flip }, layout);
  const plan: TaskPlan = { config, task, layout, batch, seed, weightDecay: training.weightDecay, clip: 1 };
  const shapes = taskShapes(plan);
  const items = prepareItems(task, samples, shapes, flip);
  const parameters = taskParameters(plan);
  const engine = await openEngine({
    ...{ plan, parameters, runtime, base, signal },
    measured: training.folds > 0 ? Math.min(batch, Math.ceil(items.length / training.folds)) || 1 : batch,
    views: openViews(cache, layout.size),
    targetDims: shapes.target,
  });
  try {
    const learnt = await learn(engine, items, skipped.length, training, (epoch, round, rounds) =>
      options.onProgress?.({ phase: 'training', of: training.epochs, round, rounds, ...epoch }),
    );
    const { vector, rows, counts, best, epochs } = learnt;
    const metrics = metricsOf(task, rows, seed);
    return {
      checkpoint: {
        info: {
          formatVersion: 1,
          task: { name: task.name, tokens: task.tokens, ...(task.recipe && { made: task.recipe }) },
          base: { name: base.info.provenance.name, contentHash, dim: config.decoder.dim },
          vocabulary: task.vocabulary,
          provenance: {
            name: task.name,
            source: `trained on ${counts.train} photos`,
            licence: 'unstated',
            ...options.provenance,
            trained: true,
          },
          metrics,
        },
        tensors: tensorsOf(vector, parameters),
      },
      metrics,
      epochs,
      best,
      counts,
      skipped,
    };
  } finally {
    await engine.dispose();
  }
}

const tensorsOf = (vector: Float32Array, { slots }: ModelParameters): TrainedTask['checkpoint']['tensors'] =>
  new Map(
    slots.map(({ name, shape, start, length }) => [
      name,
      { dims: shape, data: vector.slice(start, start + length) },
    ]),
  );

/** The base's content hash, once it is known that the task can be trained on it. */
function requireTrainable(task: Task, { info }: Checkpoint): string {
  requireVersion(task);
  learningOf(task);
  if (info.model.tasks.some(({ name }) => name === task.name)) {
    throw new FaceXFormerError(
      'DUPLICATE_TASK',
      `the model "${info.provenance.name}" has a task "${task.name}" of its own: choose another name`,
    );
  }
  if (info.contentHash === undefined) {
    throw new FaceXFormerError(
      'UNSUPPORTED',
      `the model "${info.provenance.name}" carries no content hash: convert it first (facexformer convert)`,
    );
  }
  return info.contentHash;
}
