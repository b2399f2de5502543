import { demand } from '../base/arguments.js';
import { FaceXFormerError } from '../base/errors.js';
import { classify } from '../task/classify.js';
import { embed } from '../task/embed.js';
import { multiLabel } from '../task/multi-label.js';
import { regress } from '../task/regress.js';
import { segment } from '../task/segment.js';
import type { Task } from '../task/task.js';
import { type Plugin, plugin } from './plugin.js';
import { PLUGIN_CHECKPOINT, type PluginCheckpoint } from './plugin-checkpoint.js';

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

function taskOf(checkpoint: PluginCheckpoint): Task {
  const { task, vocabulary } = demand(checkpoint, PLUGIN_CHECKPOINT, 'pluginFromRecipe: the checkpoint').info;
  const { name, tokens, made: recipe } = task;
  switch (recipe?.maker) {
    case 'classify':
      return classify(name, vocabulary, { tokens });
    case 'multiLabel':
      return multiLabel(name, vocabulary, { threshold: recipe.threshold, tokens });
    case 'regress': {
      const { range, unit, mirrored } = recipe;
      return regress(name, vocabulary, { range, unit, mirrored, tokens });
    }
    case 'segment':
      return segment(name, vocabulary);
    case 'embed':
      return embed(name, { size: recipe.size, tokens });
    default:
      throw new FaceXFormerError(
        'UNSUPPORTED',
        `plug-in "${name}" needs the code of its task: use plugin(task, checkpoint)`,
        { details: { name } },
      );
  }
}
