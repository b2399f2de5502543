import { throwIfAborted } from '@facexformer/core';
import { checkOptions, demand, kind, listOf, SIGNAL } from '@facexformer/core/arguments';
import { openFileSink } from './file-sink.js';
import { PATH, placeOf } from './place.js';
import { refuseOverwrite } from './refuse-overwrite.js';
import type { Sink } from './sink.js';
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

const PAIRS = listOf(kind('a path and its content', Array.isArray));
const CONTENT = kind(
  'text, bytes or an iterable of them',
  (value) =>
    typeof value === 'string' ||
    (typeof value === 'object' &&
      value !== null &&
      (ArrayBuffer.isView(value) || Symbol.iterator in value || Symbol.asyncIterator in value)),
);

/**
 * Writes a regular file in full or not at all: into a temporary file beside it, to the disk, then renamed. A file
 * that stands there keeps its mode; a link stays, its target is replaced; folders above are made. Devices and pipes,
 * such as `/dev/stdout`, are written through.
 * @throws {FaceXFormerError} `WRITE_FAILED` naming path and cause, `ABORTED`, `BAD_OPTION` for one of `inputs`; what
 *   `content` throws. The old file is whole then and nothing is left over.
 */
export const writeFile = async (path: string, content: Content, options?: WriteOptions): Promise<void> =>
  writeFiles([[path, content]], options);

/**
 * Writes files that belong together, each as {@link writeFile} does: all of them are written before the first takes
 * its place, so that a disk that fills leaves all the old ones.
 * @throws as {@link writeFile}.
 */
export async function writeFiles(
  files: readonly (readonly [path: string, content: Content])[],
  options: WriteOptions = {},
): Promise<void> {
  for (const [path, content] of demand(files, PAIRS, 'writeFiles: files')) {
    demand(path, PATH, 'writeFile: path');
    demand(content, CONTENT, 'writeFile: content');
  }
  checkOptions('writeFile', options, { signal: SIGNAL, inputs: listOf(PATH) });
  const { signal, inputs = [] } = options;
  throwIfAborted(signal);
  await refuseOverwrite(
    files.map(([path]) => path),
    inputs,
  );
  const sinks: [path: string, sink: Sink][] = [];
  try {
    for (const [path, content] of files) {
      const sink = await openSink(path, signal);
      sinks.push([path, sink]);
      for await (const chunk of untilAborted(chunksOf(content), signal)) {
        await writing(path, () => sink.write(chunk));
      }
    }
    throwIfAborted(signal);
    for (const [path, sink] of sinks) await writing(path, () => sink.commit());
  } catch (error) {
    await Promise.all(sinks.map(([, sink]) => sink.discard()));
    throw error;
  }
}

async function openSink(path: string, signal?: AbortSignal): Promise<Sink> {
  const place = await placeOf(path);
  return writing(path, () =>
    place.kind === 'file' ? openFileSink(place, signal) : openStreamSink(place, signal),
  );
}

const chunksOf = (content: Content): AsyncIterable<Chunk> | Iterable<Chunk> =>
  typeof content === 'string' || ArrayBuffer.isView(content) ? [content] : content;
