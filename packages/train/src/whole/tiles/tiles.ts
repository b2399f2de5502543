import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { FaceXFormerError, type MaskLabel } from '@facexformer/core';
import { readTileIndex, type TileLabels, tileBytes } from './tile-index.js';

/** One cached face; masks are among its labels. */
export interface Face extends TileLabels {
  readonly side: number;
  /** RGB [side, side, 3] */
  readonly pixels: Uint8Array;
}

/** A prepared split; faces are read from disk as they are asked for. */
export interface Tiles {
  readonly count: number;
  /** Tasks of which some faces have masks. */
  readonly dense: readonly string[];
  /** What is known of each face, masks apart. */
  readonly labels: readonly TileLabels[];
  /** The face at an index. */
  read(index: number): Face;
  /** Closes the file. */
  close(): void;
}

/**
 * Opens what `prepareSet` wrote.
 * @throws {FaceXFormerError} `NOT_FOUND` for what was not prepared, by another version, or was cut off.
 */
export async function openTiles(cache: string, set: string, split: string): Promise<Tiles> {
  const base = join(cache, `${set}-${split}`);
  const index = await readTileIndex(base);
  if (!index)
    throw new FaceXFormerError('NOT_FOUND', `${base} holds no tiles of this version: prepare the set`);
  const { side, dense, faces } = index;
  const file = openSync(`${base}.bin`, 'r');
  const area = side * side;
  const bytes = tileBytes(index);
  const maskAt = (buffer: Uint8Array, i: number): MaskLabel => ({
    width: side,
    height: side,
    data: buffer.subarray(area * (3 + i), area * (4 + i)),
  });
  return {
    count: faces.length,
    dense,
    labels: faces,
    read(place) {
      const buffer = new Uint8Array(bytes);
      readSync(file, buffer, 0, bytes, place * bytes);
      const face = faces[place]!;
      const masks = dense.flatMap((task, i) =>
        face.labels[task] === undefined ? [] : [[task, maskAt(buffer, i)] as const],
      );
      return {
        ...face,
        labels: { ...face.labels, ...Object.fromEntries(masks) },
        side,
        pixels: buffer.subarray(0, area * 3),
      };
    },
    close: () => closeSync(file),
  };
}
