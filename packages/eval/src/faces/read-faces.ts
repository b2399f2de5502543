import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FaceXFormerError } from '@facexformer/core';
import type { Sample, Samples } from '../sample.js';
import { lapaClassOf } from './parsing-classes.js';
import { placeOf } from './places.js';
import { type FaceRecord, parseRecord } from './record.js';
import { readShard } from './shard.js';

/** A set of a folder in the format of `shared/faces`. */
export interface FaceSet {
  readonly name: string;
  /** Images of the split. */
  readonly count: number;
  /** Reads one shard at a time. @throws {FaceXFormerError} `BAD_OPTION`, `NOT_FOUND`. */
  samples(): Samples;
}

/**
 * The sets of a folder that have the split, by name. Only `<set>/<split>.jsonl` and the shards that it names are read.
 * @throws {FaceXFormerError} `NOT_FOUND` when there is no such folder, or no set in it with this split; `BAD_OPTION`
 * for a line that is not as the format says.
 */
export async function readFaces(folder: string, split: string): Promise<readonly FaceSet[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new FaceXFormerError('NOT_FOUND', `the folder ${folder} cannot be read`, { cause });
  });
  const names = entries.flatMap((entry) => (entry.isFile() ? [] : [entry.name])).sort();
  const sets = await Promise.all(names.map((name) => readSet(join(folder, name), name, split)));
  const found = sets.filter((set) => set !== undefined);
  if (found.length === 0) {
    throw new FaceXFormerError('NOT_FOUND', `${folder} holds no set with a file ${split}.jsonl`);
  }
  return found;
}

async function readSet(folder: string, name: string, split: string): Promise<FaceSet | undefined> {
  const path = join(folder, `${split}.jsonl`);
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return undefined;
    throw new FaceXFormerError('NOT_FOUND', `${path} cannot be read`, { cause });
  });
  if (text === undefined) return undefined;
  const records = text
    .split('\n')
    .flatMap((line, i) => (line.trim() ? [parseRecord(line, `${path} line ${i + 1}`)] : []));
  return { name, count: records.length, samples: () => samplesOf(folder, name, records) };
}

async function* samplesOf(
  folder: string,
  set: string,
  records: readonly FaceRecord[],
): AsyncGenerator<Sample> {
  const place = placeOf(set);
  let shard = '';
  let members: ReadonlyMap<string, Uint8Array> = new Map();
  for (const record of records) {
    if (record.shard !== shard) {
      shard = record.shard;
      members = await readShard(join(folder, shard));
    }
    const member = (name: string): Uint8Array => {
      const bytes = members.get(name);
      if (!bytes) throw new FaceXFormerError('NOT_FOUND', `${join(folder, shard)} has no member "${name}"`);
      return bytes;
    };
    const { image, mask } = record;
    yield {
      name: image,
      set,
      image: member(image),
      labels: {
        ...record.labels,
        ...(mask !== undefined && { mask: [{ image: member(mask), classOf: lapaClassOf }] }),
      },
      ...(place && { place }),
    };
  }
}
