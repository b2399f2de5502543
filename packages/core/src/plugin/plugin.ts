import { FaceXFormerError } from '../base/errors.js';
import { requireVersion, type Task } from '../task/task.js';
import type { PluginCheckpoint } from './plugin-checkpoint.js';

/** A task that brings its own weights: an analyzer takes it beside the tasks of the model. */
export interface Plugin<out Name extends string = string, out Result = unknown> extends Task<Name, Result> {
  readonly plugin: {
    readonly checkpoint: PluginCheckpoint;
    readonly anyBase: boolean;
  };
}

/**
 * Binds a task to its plug-in weights.
 *
 * ```ts
 * const weights = await openPluginCheckpoint(await fileSource('eyeglasses.safetensors'));
 * const analyzer = await createAnalyzer({
 *   runtime,
 *   checkpoint,
 *   tasks: [...allTasks(), plugin(eyeglasses(), weights)],
 * });
 * ```
 * @param options.anyBase also runs on another model than it was trained on, if the token width fits; results then
 * mean little, unless the models are copies of each other (another precision, say)
 * @throws {FaceXFormerError} `BAD_OPTION` when the weights are those of another task, `UNSUPPORTED` for a
 * task of another version of the contract.
 */
export function plugin<Name extends string, Result>(
  task: Task<Name, Result>,
  checkpoint: PluginCheckpoint,
  { anyBase = false }: { readonly anyBase?: boolean } = {},
): Plugin<Name, Result> {
  requireVersion(task);
  const { name, tokens } = checkpoint.info.task;
  if (name !== task.name || tokens !== task.tokens) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `the plug-in's weights are those of task "${name}" with ${tokens} tokens, not of "${task.name}" with ${task.tokens}`,
    );
  }
  return { ...task, vocabulary: checkpoint.info.vocabulary, plugin: { checkpoint, anyBase } };
}

/** Whether a task brings its own weights. */
export const isPlugin = (task: Task): task is Plugin => 'plugin' in task;
