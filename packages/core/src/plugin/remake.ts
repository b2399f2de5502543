import { FaceXFormerError } from '../errors.js';
import { classify } from '../task/classify.js';
import { embed } from '../task/embed.js';
import { multiLabel } from '../task/multi-label.js';
import { regress } from '../task/regress.js';
import { segment } from '../task/segment.js';
import type { Task } from '../task/task.js';
import type { PluginCheckpoint } from './checkpoint.js';
import { type Plugin, plugin } from './plugin.js';

/**
 * A plug-in from its weights alone: the task is made again as the checkpoint says that it was made. Its result is
 * typed `unknown`; where the task is known when the code is written, `plugin(task, checkpoint)` types it.
 *
 * ```ts
 * const own = remakePlugin(await openPluginCheckpoint(await fileSource('eyeglasses.safetensors')));
 * ```
 * @throws {FaceXFormerError} `UNSUPPORTED` for a task with code of its own, `BAD_OPTION` for one that no maker makes.
 */
export function remakePlugin(
  checkpoint: PluginCheckpoint,
  options: { readonly anyBase?: boolean } = {},
): Plugin {
  return plugin(remake(checkpoint), checkpoint, options);
}

function remake({ info: { task, vocabulary } }: PluginCheckpoint): Task {
  const { name, tokens, made } = task;
  switch (made?.maker) {
    case 'classify':
      return classify(name, vocabulary, { tokens });
    case 'multiLabel':
      return multiLabel(name, vocabulary, { ...made, tokens });
    case 'regress':
      return regress(name, vocabulary, { ...made, tokens });
    case 'segment':
      return segment(name, vocabulary);
    case 'embed':
      return embed(name, { ...made, tokens });
    default:
      throw new FaceXFormerError(
        'UNSUPPORTED',
        `plug-in "${name}" needs the code of its task: use plugin(task, checkpoint)`,
        { details: { name } },
      );
  }
}
