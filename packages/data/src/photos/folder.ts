import { readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { FaceXFormerError } from '@facexformer/core';
import { ANY_TEXT, demand, TEXT } from '@facexformer/core/arguments';
import { unreadable } from '../reading/errors.js';
import { isSplit, type LabelledPhoto, readPhoto } from './photo.js';

/** Check of an argument. */
export const FOLDER = { ...TEXT, words: 'the path of a folder' };

const PHOTO = new Set(['.jpg', '.jpeg', '.png', '.webp', '.avif', '.gif', '.tif', '.tiff']);

/** Whether a file is a photo, by its name. */
export const isPhoto = (name: string): boolean =>
  PHOTO.has(extname(demand(name, ANY_TEXT, 'isPhoto: name')).toLowerCase());

/**
 * Photos in a folder per label: `photos/with/a.jpg` has the label `with`. Where all folders are named `train`, `val`
 * or `test`, they hold the folders of the labels.
 * @throws {FaceXFormerError} `NOT_FOUND` for a folder that does not exist or holds no labels.
 */
export async function* photosOfFolder(path: string): AsyncGenerator<LabelledPhoto, void, undefined> {
  demand(path, FOLDER, 'photosOfFolder: path');
  const folders = await foldersOf(path);
  if (folders.length === 0) {
    throw new FaceXFormerError('NOT_FOUND', `${path} holds no folders: make one for each label`);
  }
  const inSplits = folders.every((folder) => isSplit(basename(folder)));
  for (const folder of folders) {
    const split = basename(folder);
    const labels = inSplits ? await foldersOf(folder) : [folder];
    for (const label of labels) {
      for (const photo of await photosIn(label)) {
        yield {
          ...(await readPhoto(photo)),
          label: basename(label),
          ...(inSplits && isSplit(split) && { split }),
        };
      }
    }
  }
}

/** The labels that such a folder holds, by name; none where it holds no folders. */
export async function labelsOfFolder(path: string): Promise<readonly string[]> {
  demand(path, FOLDER, 'labelsOfFolder: path');
  const names = (await foldersOf(path)).map((folder) => basename(folder));
  return names.length > 0 && names.every(isSplit) ? labelsOfFolder(join(path, 'train')) : names;
}

async function foldersOf(path: string): Promise<readonly string[]> {
  return (await list(path))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(path, name))
    .sort();
}

const photosIn = async (path: string): Promise<readonly string[]> =>
  (await list(path))
    .filter(({ name }) => isPhoto(name))
    .map(({ name }) => join(path, name))
    .sort();

const list = (path: string) => readdir(path, { withFileTypes: true }).catch(unreadable(`the folder ${path}`));
