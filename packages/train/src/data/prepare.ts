import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Signal, throwIfAborted } from '@facexformer/core';
import { readShard } from '@facexformer/data';
import sharp from 'sharp';
import { frameOf, labelsOf } from './labels.js';
import type { FaceLabels, PseudoRecord, SourceRecord } from './record.js';
import { cutMask, cutTile } from './tile.js';

/** A tile shows more than the frame by this factor, so that augmentation can shift and shrink. */
export const TILE_MARGIN = 1.25;

/** What `<set>-<split>.json` says of the tiles in `<set>-<split>.bin`. */
export interface TileIndex {
  readonly side: number;
  /** Tiles with a mask are followed by it: side * side * 3 bytes RGB, then side * side class indices. */
  readonly masks: boolean;
  readonly faces: readonly FaceLabels[];
}

const lines = async <T>(path: string): Promise<readonly T[]> =>
  (await readFile(path, 'utf8')).split('\n').flatMap((line) => (line ? [JSON.parse(line) as T] : []));

/**
 * Decodes one split of a set in the format of `shared/faces` into equal tiles with one framing. A finished cache is
 * left as it is; faces that cannot be located are left out.
 */
export async function prepareSet(
  faces: string,
  cache: string,
  set: string,
  split: string,
  side: number,
  signal?: Signal,
): Promise<void> {
  const base = join(cache, `${set}-${split}`);
  if (existsSync(`${base}.json`)) return;
  await mkdir(cache, { recursive: true });
  const folder = join(faces, set);
  const { celebamask19_to_parsing11: classes } = JSON.parse(
    await readFile(join(faces, 'labels.json'), 'utf8'),
  ) as { celebamask19_to_parsing11: readonly number[] };
  const pseudoPath = join(folder, 'pseudo.jsonl');
  const pseudo = new Map(
    existsSync(pseudoPath) ? (await lines<PseudoRecord>(pseudoPath)).map((line) => [line.image, line]) : [],
  );
  const records = await lines<SourceRecord>(join(folder, `${split}.jsonl`));
  const kept: FaceLabels[] = [];
  const masks = records.some(({ mask }) => mask !== undefined);
  const file = await open(`${base}.bin.tmp`, 'w');
  try {
    let shard = '';
    let members: ReadonlyMap<string, Uint8Array> = new Map();
    for (const record of records) {
      throwIfAborted(signal);
      if (record.shard !== shard) {
        shard = record.shard;
        members = await readShard(join(folder, shard));
      }
      const frame = frameOf(record, pseudo.get(record.image));
      if (!frame) continue;
      const shown = { ...frame, side: frame.side * TILE_MARGIN };
      const image = await decode(members.get(record.image)!, 3);
      await file.write(cutTile(image, shown, side));
      if (record.mask) {
        await file.write(cutMask(await decode(members.get(record.mask)!, 1), shown, side, classes));
      }
      kept.push(labelsOf(record, pseudo.get(record.image), shown));
    }
  } finally {
    await file.close();
  }
  await rename(`${base}.bin.tmp`, `${base}.bin`);
  const index: TileIndex = { side, masks, faces: kept };
  await writeFile(`${base}.json.tmp`, JSON.stringify(index));
  await rename(`${base}.json.tmp`, `${base}.json`);
}

async function decode(
  bytes: Uint8Array,
  channels: 1 | 3,
): Promise<{ readonly data: Uint8Array; readonly width: number; readonly height: number }> {
  const { data, info } = await sharp(bytes)
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
