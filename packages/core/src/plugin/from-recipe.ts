import { FaceXFormerError } from '../base/errors.js';
import { classify } from '../task/classify.js';
import { embed } from '../task/embed.js';
import { multiLabel } from '../task/multi-label.js';
import { regress } from '../task/regress.js';
import { segment } from '../task/segment.js';
import type { Task } from '../task/task.js';
import { type Plugin, plugin } from './plugin.js';
import type { PluginCheckpoint } from './plugin-checkpoint.js';

/**
 * A plug-in from its weights alone: the checkpoint's recipe rebuilds the task. Its result has the type `unknown`; if the
 * task is known when you write the code, `plugin(task, checkpoint)` types it.
 *
 * ```ts
 * const own = pluginFromRecipe(await openPluginCheckpoint(await fileSource('eyeglasses.safetensors')));
 * ```
 * @throws {FaceXFormerError} `UNSUPPORTED` for a task with code of its own, `BAD_OPTION` for one that no factory builds.
 */
export function pluginFromRecipe(
  checkpoint: PluginCheckpoint,
  options: { readonly anyBase?: boolean } = {},
): Plugin {
  return plugin(taskOf(checkpoint), checkpoint, options);
}

function taskOf({ info: { task, vocabulary } }: PluginCheckpoint): Task {
  const { name, tokens, made: recipe } = task;
  switch (recipe?.maker) {
    case 'classify':
      return classify(name, vocabulary, { tokens });
    case 'multiLabel':
      return multiLabel(name, vocabulary, { ...recipe, tokens });
    case 'regress':
      return regress(name, vocabulary, { ...recipe, tokens });
    case 'segment':
      return segment(name, vocabulary);
    case 'embed':
      return embed(name, { ...recipe, tokens });
    default:
      throw new FaceXFormerError(
        'UNSUPPORTED',
        `plug-in "${name}" needs the code of its task: use plugin(task, checkpoint)`,
        { details: { name } },
      );
  }
}
