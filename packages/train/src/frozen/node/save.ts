import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FaceXFormerError, savePluginCheckpoint } from '@facexformer/core';
import { curvesSvg } from '../curves.js';
import type { TrainedTask } from '../result.js';

/**
 * Writes a plug-in to `path` (`.safetensors`), and beside it what is known of its training: `.jsonl` (a line per
 * epoch, then metrics, counts and skipped photos) and `.svg` (the curves).
 * @returns the paths written
 * @throws {FaceXFormerError} `WRITE_FAILED`.
 */
export async function saveTrainedTask(trained: TrainedTask, path: string): Promise<readonly string[]> {
  const stem = path.replace(/\.safetensors$/, '');
  const { epochs, best, metrics, counts, skipped, checkpoint } = trained;
  const lines = [...epochs, { best, metrics, counts, skipped }].map((line) => `${JSON.stringify(line)}\n`);
  const files: readonly (readonly [string, string | Uint8Array])[] = [
    [`${stem}.safetensors`, await savePluginCheckpoint(checkpoint)],
    [`${stem}.jsonl`, lines.join('')],
    [`${stem}.svg`, curvesSvg(trained, checkpoint.info.task.name)],
  ];
  try {
    await mkdir(dirname(path), { recursive: true });
    for (const [file, content] of files) {
      await writeFile(`${file}.partial`, content);
      await rename(`${file}.partial`, file);
    }
  } catch (cause) {
    throw new FaceXFormerError('WRITE_FAILED', `${path} cannot be written: ${(cause as Error).message}`, {
      cause,
    });
  }
  return files.map(([file]) => file);
}
