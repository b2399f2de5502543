import { demand, TEXT } from '@facexformer/core/arguments';
import { writeFile } from '@facexformer/files';
import { listShards, readShardLines } from './read-shards.js';

/** What a merged file holds. */
export interface Merged {
  readonly photos: number;
  /** Lines that were left out, since workers wrote the same result twice. */
  readonly repeated: number;
}

/**
 * Writes every result of a folder of shards once, as JSON Lines, in full or not at all; workers may go on meanwhile.
 * @throws {FaceXFormerError} `NOT_FOUND`, `BAD_OPTION`, `WRITE_FAILED`, `ABORTED`.
 */
export async function mergeShards(folder: string, path: string, signal?: AbortSignal): Promise<Merged> {
  demand(folder, TEXT, 'mergeShards: folder');
  const counts = { photos: 0, repeated: 0 };
  async function* lines(): AsyncGenerator<string> {
    for await (const { line, repeated } of readShardLines(folder)) {
      counts[repeated ? 'repeated' : 'photos'] += 1;
      if (!repeated) yield `${line}\n`;
    }
  }
  await writeFile(path, lines(), { inputs: await listShards(folder), ...(signal && { signal }) });
  return counts;
}
