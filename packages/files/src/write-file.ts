import { throwIfAborted } from '@facexformer/core';
import { openFileSink } from './file-sink.js';
import { placeOf } from './place.js';
import { refuseOverwrite } from './refuse-overwrite.js';
import { openStreamSink } from './stream-sink.js';
import { writing } from './system-error.js';
import { untilAborted } from './until-aborted.js';
import type { Chunk } from './write-all.js';

/** A whole file, or its pieces in order. */
export type Content = Chunk | AsyncIterable<Chunk> | Iterable<Chunk>;

/** How a file is written. */
export interface WriteOptions {
  /** Stops at once; a regular file stays as it was. */
  readonly signal?: AbortSignal;
  /** Paths that are still needed and that the file must not replace. */
  readonly inputs?: readonly string[];
}

/**
 * Writes a regular file in full or not at all: into a temporary file beside it, to the disk, then renamed. A file
 * that stands there keeps its mode; a link stays, its target is replaced; folders above are made. Devices and pipes,
 * such as `/dev/stdout`, are written through.
 * @throws {FaceXFormerError} `WRITE_FAILED` naming path and cause, `ABORTED`, `BAD_OPTION` for one of `inputs`; what
 *   `content` throws. The old file is whole then and nothing is left over.
 */
export async function writeFile(
  path: string,
  content: Content,
  { signal, inputs = [] }: WriteOptions = {},
): Promise<void> {
  throwIfAborted(signal);
  await refuseOverwrite([path], inputs);
  const place = await placeOf(path);
  const open = () => (place.kind === 'file' ? openFileSink(place, signal) : openStreamSink(place, signal));
  const sink = await writing(path, open);
  try {
    for await (const chunk of untilAborted(chunksOf(content), signal)) {
      await writing(path, () => sink.write(chunk));
    }
    throwIfAborted(signal);
    await writing(path, () => sink.commit());
  } catch (error) {
    await sink.discard();
    throw error;
  }
}

const chunksOf = (content: Content): AsyncIterable<Chunk> | Iterable<Chunk> =>
  typeof content === 'string' || ArrayBuffer.isView(content) ? [content] : content;
