import { checkOptions, demand, FLAG, nameOf } from '../base/arguments.js';
import { FaceXFormerError } from '../base/errors.js';
import { requireVersion, type Task } from '../task/task.js';
import type { Vocabulary } from '../task/vocabulary.js';
import { PLUGIN_CHECKPOINT, type PluginCheckpoint } from './plugin-checkpoint.js';

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
  options: { readonly anyBase?: boolean } = {},
): Plugin<Name, Result> {
  requireVersion(task);
  demand(checkpoint, PLUGIN_CHECKPOINT, 'plugin: checkpoint');
  checkOptions('plugin', options, { anyBase: FLAG });
  const { anyBase = false } = options;
  const { name, tokens } = checkpoint.info.task;
  if (name !== task.name || tokens !== task.tokens) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `the plug-in's weights are those of task "${name}" with ${tokens} tokens, not of "${task.name}" with ${task.tokens}`,
    );
  }
  checkSameLabels(task, checkpoint.info.vocabulary);
  return { ...task, vocabulary: checkpoint.info.vocabulary, plugin: { checkpoint, anyBase } };
}

/** A task reads its labels from its weights, in their order; others than its own would make its type untrue. */
function checkSameLabels({ name, vocabulary }: Task, { id, labels }: Vocabulary): void {
  const own = vocabulary.labels;
  if (own.length === labels.length && own.every((label) => labels.includes(label))) return;
  throw new FaceXFormerError(
    'BAD_OPTION',
    `the weights of plug-in "${name}" have other labels (${nameOf(id)}, ${labels.length}) than its task ` +
      `(${nameOf(vocabulary.id)}, ${own.length}): train it anew, or take the version of the task that they belong to`,
    { details: { expected: own, actual: labels } },
  );
}

/** Whether a task brings its own weights. */
export const isPlugin = (task: Task): task is Plugin => 'plugin' in task;
