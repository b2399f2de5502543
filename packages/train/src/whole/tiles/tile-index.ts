import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** What is known of the face on a tile. */
export interface TileLabels {
  /** Name of the photo within its set. */
  readonly image: string;
  /** By task, as they are in the tile, places in its pixels. A dense task's label is `true`: its pixels follow the tile's. */
  readonly labels: Readonly<Record<string, unknown>>;
  /** How much a label counts, by task; 1 where nothing is stated. */
  readonly weights: Readonly<Record<string, number>>;
}

/** What `<set>-<split>.json` says of the tiles in `<set>-<split>.bin`. */
export interface TileIndex {
  /** Of the format. */
  readonly version: typeof TILE_VERSION;
  /** Tasks whose labels were looked for. */
  readonly tasks: readonly string[];
  readonly side: number;
  /** Tasks whose masks follow each tile: side * side * 3 bytes RGB, then side * side class numbers of each task. */
  readonly dense: readonly string[];
  readonly faces: readonly TileLabels[];
}

export const TILE_VERSION = 2;

/** The index of a prepared split; undefined where there is none, or one of another version. */
export async function readTileIndex(path: string): Promise<TileIndex | undefined> {
  if (!existsSync(path)) return undefined;
  const index = JSON.parse(await readFile(path, 'utf8')) as Partial<TileIndex>;
  return index.version === TILE_VERSION ? (index as TileIndex) : undefined;
}
