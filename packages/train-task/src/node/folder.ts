import { readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { FaceXFormerError } from '@facexformer/core';
import type { Example, Split } from '../example.js';
import { readPhoto } from './photo.js';

const PHOTO = new Set(['.jpg', '.jpeg', '.png', '.webp', '.avif', '.gif', '.tif', '.tiff']);
const SPLITS: readonly string[] = ['train', 'val', 'test'] satisfies Split[];

/**
 * Photos in a folder per label: `photos/with/a.jpg` has the label `with`. Where all folders are named `train`, `val`
 * or `test`, they hold the folders of the labels.
 * @throws {FaceXFormerError} `NOT_FOUND` for a folder that does not exist or holds no labels.
 */
export async function* photosOfFolder(path: string): AsyncGenerator<Example<Uint8Array>, void, undefined> {
  const folders = await foldersOf(path);
  if (folders.length === 0) {
    throw new FaceXFormerError('NOT_FOUND', `${path} holds no folders: make one for each label`);
  }
  const split = folders.every((folder) => SPLITS.includes(basename(folder)));
  for (const folder of folders) {
    const labels = split ? await foldersOf(folder) : [folder];
    for (const label of labels) {
      for (const photo of await photosIn(label)) {
        yield {
          ...(await readPhoto(photo)),
          label: basename(label),
          ...(split && { split: basename(folder) as Split }),
        };
      }
    }
  }
}

async function foldersOf(path: string): Promise<readonly string[]> {
  return (await list(path))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(path, name))
    .sort();
}

const photosIn = async (path: string): Promise<readonly string[]> =>
  (await list(path))
    .filter(({ name }) => PHOTO.has(extname(name).toLowerCase()))
    .map(({ name }) => join(path, name))
    .sort();

const list = (path: string) =>
  readdir(path, { withFileTypes: true }).catch((cause: unknown) => {
    throw new FaceXFormerError('NOT_FOUND', `the folder ${path} cannot be read`, { cause });
  });
