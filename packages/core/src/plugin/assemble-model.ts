import type { Checkpoint } from '../checkpoint/checkpoint.js';
import type { ParameterSource } from '../graph/lower/parameter-source.js';
import { type BuildOptions, buildModel, type ModelGraph } from '../model/build.js';
import type { Task } from '../task/task.js';
import { requireTasks, withPlugins } from './fit.js';

/** The graph of a checkpoint with its tasks, and where its weights are read. */
export interface AssembledModel extends ModelGraph {
  /** The weights of the checkpoint and of its plug-ins. */
  readonly parameters: ParameterSource;
}

/**
 * Builds the graph of a checkpoint with the heads of `tasks`, plug-ins included.
 * @throws {FaceXFormerError} `UNKNOWN_TASK` when the checkpoint has no weights for a task, `DUPLICATE_TASK`,
 * `UNSUPPORTED`, `WRONG_BASE`, `MISSING_TENSOR`, `BAD_TENSOR`, `BAD_OPTION` when a task's token count differs from the checkpoint's.
 */
export function assembleModel(
  checkpoint: Checkpoint,
  tasks: readonly Task[],
  options: Pick<BuildOptions, 'explain'> = {},
): AssembledModel {
  requireTasks(tasks, checkpoint);
  const { model, vocabularies } = checkpoint.info;
  const graph = buildModel(model, { tasks, vocabularies, ...options });
  return { ...graph, parameters: withPlugins(checkpoint, tasks, graph.outputs) };
}
