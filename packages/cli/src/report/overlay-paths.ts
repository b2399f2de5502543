import { basename, extname, join } from 'node:path';
import { UsageError } from '../terminal/command.js';

/**
 * Where the pictures go: a .png file for one photo, else a folder in which no two photos share a name.
 * @throws {UsageError} for a file where a folder is needed, or of another format.
 */
export function overlayPaths(option: string, photos: readonly string[], several: boolean): readonly string[] {
  const ending = extname(option).toLowerCase();
  if (ending === '.png' && several) throw new UsageError('--overlay must name a folder for several photos');
  if (ending === '.png') return [option];
  if (/^\.(jpe?g|webp|gif|tiff?)$/.test(ending)) throw new UsageError('--overlay writes PNG: name it .png');
  const taken = new Set<string>();
  return photos.map((photo) => {
    const stem = basename(photo, extname(photo));
    let name = stem;
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${stem}-${count}`;
    taken.add(name.toLowerCase()); // not every file system tells them apart otherwise
    return join(option, `${name}.png`);
  });
}
