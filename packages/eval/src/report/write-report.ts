import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FaceXFormerError } from '@facexformer/core';
import { markdownOf } from './markdown.js';
import { picturesOf } from './pictures.js';
import type { Report } from './report.js';

/**
 * Writes `report.json`, `report.md` and its pictures into a folder, which is made.
 * @throws {FaceXFormerError} `WRITE_FAILED`.
 */
export async function writeReport(folder: string, report: Report): Promise<void> {
  const pictures = picturesOf(report);
  const files: readonly (readonly [string, string])[] = [
    ['report.json', `${JSON.stringify(report, undefined, 1)}\n`],
    ['report.md', markdownOf(report, pictures)],
    ...pictures.map(({ file, svg }) => [file, svg] as const),
  ];
  try {
    await mkdir(folder, { recursive: true });
    await Promise.all(files.map(([name, content]) => writeFile(join(folder, name), content)));
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new FaceXFormerError('WRITE_FAILED', `the report cannot be written to ${folder}: ${reason}`, {
      cause,
    });
  }
}
