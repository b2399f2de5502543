import {
  type Checkpoint,
  FaceXFormerError,
  openCheckpoint,
  openPluginCheckpoint,
  plugin,
  pluginFromRecipe,
  type Task,
  verifyContent,
} from '@facexformer/core';
import { miniModel } from '@facexformer/model-mini';
import { miniRecognition } from '@facexformer/model-mini/recognition';
import { fileSource } from '@facexformer/runtime-node';
import { openRecognition, recognition } from '@facexformer/task-recognition';
import { allTasks } from '@facexformer/tasks';

/** Opens a checkpoint file of any format. */
export const openFile = async (path: string | URL): Promise<Checkpoint> =>
  openCheckpoint(await fileSource(path));

/** The checkpoint of a path, all of it compared with its check sums, or the model that ships with the command. */
export async function openModel(path: string | URL = new URL(miniModel)): Promise<Checkpoint> {
  const checkpoint = await openFile(path);
  try {
    await verifyContent(checkpoint);
  } catch (error) {
    if (FaceXFormerError.isInstance(error, 'UNSUPPORTED')) return checkpoint; // official names carry no hash
    await checkpoint.close();
    throw error;
  }
  return checkpoint;
}

/** A model and the tasks to run with it, plug-ins last; where a task is unknown, the model is closed again. */
export async function openModelWithTasks(
  path: string | undefined,
  asked: string | undefined,
  plugins: readonly string[] = [],
): Promise<{ readonly checkpoint: Checkpoint; readonly tasks: readonly Task[] }> {
  const checkpoint = await openModel(path);
  try {
    const tasks = await chooseTasks(checkpoint, asked);
    return { checkpoint, tasks: [...tasks, ...(await Promise.all(plugins.map(openPlugin)))] };
  } catch (error) {
    await checkpoint.close();
    throw error;
  }
}

/** Tasks of this repository that no model has of its own. */
const APART: readonly Task[] = [recognition()];

async function openPlugin(file: string): Promise<Task> {
  const weights = await openPluginCheckpoint(await fileSource(file));
  const { task, vocabulary } = weights.info;
  const known = APART.find((one) => one.name === task.name && one.vocabulary.id === vocabulary.id);
  return known ? plugin(known, weights) : pluginFromRecipe(weights);
}

/** Never run unless it is named: it makes biometric data of faces. */
const BY_NAME_ONLY = 'recognition';

/**
 * The built-in tasks to run: those asked for, or all that the checkpoint has.
 * @throws {FaceXFormerError} `UNKNOWN_TASK` naming the choices.
 */
export async function chooseTasks({ info }: Checkpoint, asked?: string): Promise<readonly Task[]> {
  const known = new Set(info.model.tasks.map(({ name }) => name));
  const available: readonly Task[] = allTasks().filter(({ name }) => known.has(name));
  if (asked === undefined) return available;
  const names = asked.split(',').map((name) => name.trim());
  return Promise.all(
    names.map(async (name) => {
      if (name === BY_NAME_ONLY) return openRecognition(miniRecognition());
      const task = available.find((candidate) => candidate.name === name);
      if (task) return task;
      const choices = [...available.map((candidate) => candidate.name), BY_NAME_ONLY].join(', ');
      throw new FaceXFormerError(
        'UNKNOWN_TASK',
        `model "${info.provenance.name}" has no task "${name}"; it has ${choices}`,
      );
    }),
  );
}
