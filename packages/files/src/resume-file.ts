import { open, rm } from 'node:fs/promises';
import { FaceXFormerError } from '@facexformer/core';
import { demand } from '@facexformer/core/arguments';
import { lockFile } from './lock-file.js';
import { PATH, placeOf } from './place.js';
import { replace } from './replace.js';
import { writing } from './system-error.js';
import { writeAll } from './write-all.js';

/** A file that comes together over several runs and takes its place only when it is complete. */
export interface ResumableFile extends AsyncDisposable {
  /** Where the bytes are until then: `<path>.partial`. */
  readonly partial: string;
  /** Bytes that are there, of this run and of earlier ones. */
  readonly size: number;
  /** Adds bytes at the end. @throws {FaceXFormerError} `WRITE_FAILED`. */
  append(bytes: Uint8Array): Promise<void>;
  /** Forgets all bytes. */
  restart(): Promise<void>;
  /** Puts the file in its place, on the disk. */
  commit(): Promise<void>;
  /** Removes the bytes, so that the next run starts anew. */
  discard(): Promise<void>;
  /** Ends this run and keeps the bytes, if there are any, for the next; nothing after `commit` or `discard`. */
  close(): Promise<void>;
}

/**
 * Opens the unfinished file of `path`, or starts one. Locked until it is closed, so that what one process checked
 * no other one writes to.
 * @throws {FaceXFormerError} `LOCKED`, `WRITE_FAILED`; so do the methods.
 */
export async function resumeFile(path: string): Promise<ResumableFile> {
  demand(path, PATH, 'resumeFile: path');
  const place = await placeOf(path);
  if (place.kind !== 'file') {
    throw new FaceXFormerError('WRITE_FAILED', `${path} is not a regular file, which this needs`, {
      details: { path },
    });
  }
  const partial = `${place.path}.partial`;
  const lock = await lockFile(place.path);
  const opening = writing(path, () => open(partial, 'a'));
  const handle = await opening.catch(async (error: unknown) => {
    await lock.release();
    throw error;
  });
  let { size } = await handle.stat();
  let closed = false;
  const end = async (): Promise<void> => {
    closed = true;
    await handle.close();
    await lock.release();
  };
  const discard = async (): Promise<void> => {
    await rm(partial, { force: true });
    await end();
  };
  const close = async (): Promise<void> => {
    if (!closed) await (size > 0 ? end() : discard());
  };
  return {
    partial,
    get size() {
      return size;
    },
    async append(bytes) {
      size += await writing(path, () => writeAll(handle.fd, bytes));
    },
    async restart() {
      await writing(path, () => handle.truncate(0));
      size = 0;
    },
    async commit() {
      await writing(path, () => replace(handle, partial, place));
      await end();
    },
    discard,
    close,
    [Symbol.asyncDispose]: close,
  };
}
