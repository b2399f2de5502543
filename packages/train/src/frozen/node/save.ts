import { savePluginCheckpoint } from '@facexformer/core';
import { demand, having, LIST, OBJECT, TEXT } from '@facexformer/core/arguments';
import { writeFiles } from '@facexformer/files';
import { curvesSvg } from '../curves.js';
import type { TrainedTask } from '../result.js';

/** The files that `saveTrainedTask` writes for a path: the plug-in, its log and its curves. */
export function trainedTaskPaths(path: string): readonly [plugin: string, log: string, curves: string] {
  const stem = demand(path, { ...TEXT, words: 'a path' }, 'the path of a plug-in').replace(
    /\.safetensors$/,
    '',
  );
  return [`${stem}.safetensors`, `${stem}.jsonl`, `${stem}.svg`];
}

const TRAINED = having('what trainTask gives', { epochs: LIST, metrics: OBJECT, checkpoint: OBJECT });

/**
 * Writes a plug-in to `path` (`.safetensors`), and beside it what is known of its training: `.jsonl` (a line per
 * epoch, then metrics, counts and skipped photos) and `.svg` (the curves).
 * @returns the paths written
 * @throws {FaceXFormerError} `WRITE_FAILED`.
 */
export async function saveTrainedTask(trained: TrainedTask, path: string): Promise<readonly string[]> {
  demand(trained, TRAINED, 'saveTrainedTask: trained');
  const { epochs, best, metrics, counts, skipped, checkpoint } = trained;
  const lines = [...epochs, { best, metrics, counts, skipped }].map((line) => `${JSON.stringify(line)}\n`);
  const paths = trainedTaskPaths(path);
  const [plugin, log, curves] = paths;
  await writeFiles([
    [plugin, await savePluginCheckpoint(checkpoint)],
    [log, lines],
    [curves, curvesSvg(trained, checkpoint.info.task.name)],
  ]);
  return paths;
}
