import { hostname } from 'node:os';
import { join } from 'node:path';
import { FaceXFormerError } from '@facexformer/core';
import { demand, TEXT } from '@facexformer/core/arguments';
import { appendLines, type LineAppender } from '@facexformer/files';
import type { ResultSink } from './result-sink.js';

/**
 * Results as JSON Lines in `folder`, in the first file `shard-<host>-<number>.jsonl` that no other worker writes to:
 * one that was killed leaves its file to the next. A result is on the disk before its photo counts as done.
 * @throws {FaceXFormerError} `WRITE_FAILED`; so does `write`.
 */
export async function openShard(folder: string): Promise<ResultSink> {
  demand(folder, TEXT, 'openShard: folder');
  const lines = await firstFree(folder);
  return {
    async write(record) {
      await lines.append(record);
      await lines.sync();
    },
    close: () => lines.close(),
  };
}

async function firstFree(folder: string): Promise<LineAppender> {
  for (let number = 1; ; number += 1) {
    try {
      return await appendLines(join(folder, `shard-${encodeURIComponent(hostname())}-${number}.jsonl`));
    } catch (error) {
      if (!FaceXFormerError.isInstance(error, 'LOCKED')) throw error;
    }
  }
}
