import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FaceXFormerError } from '@facexformer/core';
import { demand, TEXT } from '@facexformer/core/arguments';
import { parseObject } from '@facexformer/core/formats';
import type { PhotoRecord } from './photo-record.js';

/** The beginning of a line of a shard. */
const KEY = /^\{"key":"([\w-]{22})"/;

/**
 * Every result of a folder of shards once, whatever was written twice; workers may go on meanwhile. Keeps the keys in
 * memory, about a hundred bytes each.
 * @throws {FaceXFormerError} `NOT_FOUND` where there are no shards, `BAD_OPTION` for a line that is not a result.
 */
export async function* readResults(folder: string): AsyncGenerator<PhotoRecord, void, undefined> {
  demand(folder, TEXT, 'readResults: folder');
  for await (const { line, repeated } of readShardLines(folder)) {
    if (!repeated) yield JSON.parse(line) as PhotoRecord;
  }
}

/** A line as it stands in a shard, and whether a line with its key came before. */
export interface ShardLine {
  readonly line: string;
  readonly repeated: boolean;
}

/**
 * The lines of all shards of a folder.
 * @throws {FaceXFormerError} as {@link readResults}.
 */
export async function* readShardLines(folder: string): AsyncGenerator<ShardLine, void, undefined> {
  const keys = new Set<string>();
  for (const path of await listShards(folder)) {
    for await (const line of wholeLines(path)) {
      const [, key] = KEY.exec(line) ?? [];
      if (key === undefined || !parseObject(line))
        throw new FaceXFormerError('BAD_OPTION', `${path} holds a line that is not a result`);
      yield { line, repeated: keys.has(key) };
      keys.add(key);
    }
  }
}

/**
 * The paths of a folder's shards.
 * @throws {FaceXFormerError} `NOT_FOUND`.
 */
export async function listShards(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const shards = names.filter((name) => /^shard-.*\.jsonl$/.test(name)).sort();
  if (shards.length > 0) return shards.map((name) => join(folder, name));
  throw new FaceXFormerError(
    'NOT_FOUND',
    `there are no results in ${folder}: name the folder that work --out writes to`,
  );
}

/** The lines that end: the last may be one that is being written, or that a kill cut off. */
async function* wholeLines(path: string): AsyncGenerator<string, void, undefined> {
  let rest = '';
  for await (const chunk of readable(path)) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
}

async function* readable(path: string): AsyncGenerator<string, void, undefined> {
  try {
    yield* createReadStream(path, 'utf8');
  } catch (cause) {
    throw new FaceXFormerError('NOT_FOUND', `${path} cannot be read: it should be a file of results`, {
      cause,
    });
  }
}
