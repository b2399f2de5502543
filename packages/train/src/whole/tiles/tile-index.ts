import { readFile, stat } from 'node:fs/promises';
import { parseObject } from '@facexformer/core/formats';

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

/** Bytes of a tile and its masks. */
export const tileBytes = ({ side, dense }: Pick<TileIndex, 'side' | 'dense'>): number =>
  side * side * (3 + dense.length);

/** The index beside `<base>.bin`; undefined where there is none, one of another version, or not as many tiles. */
export async function readTileIndex(base: string): Promise<TileIndex | undefined> {
  const tiles = await stat(`${base}.bin`).catch(() => undefined);
  const text = await readFile(`${base}.json`, 'utf8').catch(() => '');
  const index = parseObject(text) as TileIndex | undefined;
  if (!tiles || index?.version !== TILE_VERSION) return undefined;
  return tiles.size === index.faces.length * tileBytes(index) ? index : undefined;
}
