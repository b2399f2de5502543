import { open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FaceXFormerError } from '@facexformer/core';
import { demand, listOf } from '@facexformer/core/arguments';
import { PATH, placeOf } from './place.js';
import { refuseOverwrite } from './refuse-overwrite.js';
import { codeOf, writing } from './system-error.js';
import { sweep, temporaryIn } from './temporary.js';

/**
 * Finds out before the work whether all outputs can be written in the end: none is an input or another output, and
 * `probeOutput` has nothing against them.
 * @throws {FaceXFormerError} `BAD_OPTION`, `WRITE_FAILED`.
 */
export async function checkOutputs(outputs: readonly string[], inputs: readonly string[]): Promise<void> {
  demand(outputs, PATHS, 'checkOutputs: outputs');
  demand(inputs, PATHS, 'checkOutputs: inputs');
  await refuseOverwrite(outputs, inputs);
  const tried = new Set<string>();
  for (const path of outputs) await probe(path, tried);
}

/**
 * Finds out before the work whether a path can be written in the end: it is not a folder, and its own folder, or the
 * nearest one above that exists, takes a file. Leaves nothing, and removes what killed processes left there.
 * @throws {FaceXFormerError} `WRITE_FAILED` naming path and cause.
 */
export const probeOutput = async (path: string): Promise<void> =>
  probe(demand(path, PATH, 'probeOutput: path'), new Set());

const PATHS = listOf(PATH);

async function probe(path: string, tried: Set<string>): Promise<void> {
  const place = await placeOf(path);
  if (place.kind === 'stream') return;
  await writing(path, async () => {
    const folder = await nearestFolder(dirname(place.path));
    if (tried.has(folder)) return;
    tried.add(folder);
    await sweep(folder);
    const temporary = await temporaryIn(folder);
    const handle = await open(temporary, 'wx');
    await rm(temporary);
    await handle.close();
  });
}

async function nearestFolder(path: string): Promise<string> {
  try {
    if ((await stat(path)).isDirectory()) return path;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    return nearestFolder(dirname(path));
  }
  throw new FaceXFormerError('WRITE_FAILED', `${path} is not a folder: name another place`, {
    details: { path },
  });
}
