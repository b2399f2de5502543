import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { type Signal, throwIfAborted } from '@facexformer/core';
import type { StreamPlace } from './place.js';
import type { Sink } from './sink.js';
import { codeOf } from './system-error.js';
import { PIPE_PAUSE, writeAll } from './write-all.js';

/** A device or a pipe: what is written is gone at once. */
export async function openStreamSink(place: StreamPlace, signal?: Signal): Promise<Sink> {
  const handle = place.descriptor === undefined ? await openThrough(place, signal) : undefined;
  const descriptor = handle?.fd ?? place.descriptor!;
  return {
    write: (chunk) => writeAll(descriptor, chunk, signal),
    commit: async () => handle?.close(),
    discard: async () => handle?.close().catch(() => undefined),
  };
}

/** Opens without blocking: a thread that waits for the reader of a pipe could not be called back. */
async function openThrough({ path, fifo }: StreamPlace, signal?: Signal): Promise<FileHandle> {
  for (;;) {
    throwIfAborted(signal);
    try {
      return await open(path, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0));
    } catch (error) {
      if (!fifo || codeOf(error) !== 'ENXIO') throw error;
      await setTimeout(PIPE_PAUSE); // nobody reads yet
    }
  }
}
