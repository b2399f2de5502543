import { write } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Signal, throwIfAborted } from '@facexformer/core';
import { codeOf } from './system-error.js';

/** What may be written: text as UTF-8, or the bytes of an array. */
export type Chunk = string | ArrayBufferView;

const writeSome = promisify(write);

/** Systems write at most 2 GiB at once; less, so that an abort is seen in between. */
const MOST_AT_ONCE = 2 ** 26;

/** How long a pipe is left alone that takes nothing at the moment, in milliseconds. */
export const PIPE_PAUSE = 5;

/**
 * Writes all of a chunk at the descriptor's position: a system may take less than it was given.
 * @returns how many bytes that is
 */
export async function writeAll(descriptor: number, chunk: Chunk, signal?: Signal): Promise<number> {
  const bytes = bytesOf(chunk);
  let done = 0;
  while (done < bytes.byteLength) {
    throwIfAborted(signal);
    const length = Math.min(bytes.byteLength - done, MOST_AT_ONCE);
    try {
      done += (await writeSome(descriptor, bytes, done, length, null)).bytesWritten;
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') throw error;
      await setTimeout(PIPE_PAUSE); // the reader of a pipe is slower than we are
    }
  }
  return done;
}

function bytesOf(chunk: Chunk): Uint8Array {
  if (typeof chunk === 'string') return Buffer.from(chunk);
  return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
