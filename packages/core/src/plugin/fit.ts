import { FaceXFormerError } from '../base/errors.js';
import type { Checkpoint } from '../checkpoint/checkpoint.js';
import type { ParameterSource } from '../graph/lower/parameter-source.js';
import { checkShape, declaredParameters } from '../graph/parameter-check.js';
import type { Value } from '../graph/value.js';
import { requireVersion, type Task } from '../task/task.js';
import { isPlugin, type Plugin } from './plugin.js';

/**
 * Refuses tasks that a model cannot answer: unknown ones without weights of their own, plug-ins that do not fit, and
 * those of another version of the task contract.
 * @throws {FaceXFormerError} `UNSUPPORTED`, `UNKNOWN_TASK`, `DUPLICATE_TASK` for a plug-in that is named like a task of the model,
 * `WRONG_BASE`, `BAD_TENSOR` for a token width that does not fit.
 */
export function requireTasks(tasks: readonly Task[], { info }: Checkpoint): void {
  const known = info.model.tasks.map(({ name }) => name);
  for (const task of tasks) {
    requireVersion(task);
    if (isPlugin(task)) requireFit(task, info);
    else if (!known.includes(task.name)) {
      throw new FaceXFormerError(
        'UNKNOWN_TASK',
        `the model has no task "${task.name}"; it has ${known.join(', ')}. A task of your own needs its weights: plugin(task, checkpoint)`,
      );
    }
  }
}

function requireFit(
  { name, plugin: { checkpoint, anyBase } }: Plugin,
  { model, contentHash, convertedFrom, provenance }: Checkpoint['info'],
): void {
  const { base } = checkpoint.info;
  if (model.tasks.some((task) => task.name === name)) {
    throw new FaceXFormerError(
      'DUPLICATE_TASK',
      `the model "${provenance.name}" has a task "${name}" of its own: the plug-in needs another name`,
    );
  }
  if (base.dim !== model.decoder.dim) {
    throw new FaceXFormerError(
      'BAD_TENSOR',
      `tokens of plug-in "${name}" are ${base.dim} wide, those of the model ${model.decoder.dim}: train it on this model`,
      { details: { expected: model.decoder.dim, actual: base.dim } },
    );
  }
  if (base.contentHash !== contentHash && base.contentHash !== convertedFrom && !anyBase) {
    throw new FaceXFormerError(
      'WRONG_BASE',
      `plug-in "${name}" was trained on the model "${base.name}", and this is ${contentHash ? 'another' : 'one without a hash'}, ` +
        `"${provenance.name}", whose tokens mean something else: answers would be random. Open the model it was ` +
        'trained on, take a release of the plug-in for this one, or train it anew',
      { details: { expected: base.contentHash, actual: contentHash } },
    );
  }
}

/**
 * The weights of a model and its plug-ins as one source.
 * @param outputs raw outputs by task
 * @throws {FaceXFormerError} `MISSING_TENSOR`, `BAD_TENSOR` for a plug-in's tensor that is absent, of another shape or
 * not used.
 */
export function withPlugins(
  checkpoint: Checkpoint,
  tasks: readonly Task[],
  outputs: Readonly<Record<string, Value>>,
): ParameterSource {
  const plugins = tasks.filter(isPlugin);
  const own = new Map(plugins.flatMap((task) => [...task.plugin.checkpoint.tensors]));
  const declared = declaredParameters(Object.values(outputs));
  for (const { name, plugin } of plugins) {
    for (const [parameter, shape] of declared) {
      if (!parameter.startsWith(`tasks.${name}.`)) continue;
      const tensor = plugin.checkpoint.tensors.get(parameter);
      if (!tensor) {
        throw new FaceXFormerError('MISSING_TENSOR', `the weights of plug-in "${name}" lack "${parameter}"`, {
          details: { name: parameter },
        });
      }
      checkShape(parameter, tensor.dims, shape);
    }
    const unused = [...plugin.checkpoint.tensors.keys()].find((parameter) => !declared.has(parameter));
    if (unused) {
      throw new FaceXFormerError(
        'BAD_TENSOR',
        `task "${name}" does not use "${unused}" of its weights: they are another version's`,
      );
    }
  }
  return { ...checkpoint, read: async (name) => own.get(name)?.data ?? checkpoint.read(name) };
}
