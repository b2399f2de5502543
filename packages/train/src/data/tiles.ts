import { closeSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TileIndex } from './prepare.js';
import type { FaceLabels } from './record.js';

/** One cached face. */
export interface Face {
  readonly labels: FaceLabels;
  readonly side: number;
  /** RGB [side, side, 3] */
  readonly pixels: Uint8Array;
  /** Class indices [side, side]. */
  readonly mask?: Uint8Array;
}

/** A prepared split; faces are read from disk as they are asked for. */
export interface Tiles {
  readonly count: number;
  /** What is known of each face. */
  readonly labels: readonly FaceLabels[];
  /** The face at an index. */
  read(index: number): Face;
  /** Closes the file. */
  close(): void;
}

/** Opens what `prepareSet` wrote. */
export async function openTiles(cache: string, set: string, split: string): Promise<Tiles> {
  const base = join(cache, `${set}-${split}`);
  const { side, masks, faces } = JSON.parse(await readFile(`${base}.json`, 'utf8')) as TileIndex;
  const file = openSync(`${base}.bin`, 'r');
  const area = side * side;
  const bytes = area * (masks ? 4 : 3);
  return {
    count: faces.length,
    labels: faces,
    read(index) {
      const buffer = new Uint8Array(bytes);
      readSync(file, buffer, 0, bytes, index * bytes);
      const pixels = buffer.subarray(0, area * 3);
      return { labels: faces[index]!, side, pixels, ...(masks && { mask: buffer.subarray(area * 3) }) };
    },
    close: () => closeSync(file),
  };
}
