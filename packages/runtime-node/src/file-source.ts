import * as fs from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { type ByteSource, FaceXFormerError } from '@facexformer/core';
import { demand, kind, TEXT, tagOf } from '@facexformer/core/arguments';
import { pathOf } from './path-of.js';

const open = promisify(fs.open);
const close = promisify(fs.close);
const read = promisify(fs.read);
const stat = promisify(fs.fstat);

const PATH = kind('a path or a file: URL', (value) => TEXT.fits(value) || tagOf(value) === 'URL');

/** A number and not a `FileHandle`: a handle that nobody closes ends the process when Node 26 collects it. */
interface OpenFile {
  readonly descriptor: number;
}

/** Closes files that were forgotten. */
const forgotten = new FinalizationRegistry((descriptor: number) => fs.close(descriptor, () => undefined));

/**
 * Opens a file for random access. It is closed with its source, or when nothing refers to the source any more.
 * @param path a path, or a `file:` URL, as a string too: `miniModel` is one
 * @throws {FaceXFormerError} `NOT_FOUND` when there is no such file or it cannot be opened, `UNSUPPORTED` for a URL
 * other than `file:`. The source's `read` throws `BAD_CHECKPOINT` past the end of the file and `DISPOSED` after `close`.
 */
export async function fileSource(path: string | URL): Promise<Required<ByteSource>> {
  demand(path, PATH, 'fileSource: path');
  const absolute = resolve(pathOf(path));
  const { file, size } = await openFile(absolute);
  let closing: Promise<void> | undefined;
  return {
    size,
    path: absolute,
    async read(offset, length) {
      if (closing)
        throw new FaceXFormerError('DISPOSED', `${absolute} is closed: open it again with fileSource`);
      if (!(offset >= 0 && length >= 0 && offset + length <= size)) {
        throw new FaceXFormerError(
          'BAD_CHECKPOINT',
          `bytes ${offset} to ${offset + length} lie outside ${absolute}, which has ${size}: is it truncated?`,
        );
      }
      return readFully(file, absolute, offset, length);
    },
    close() {
      if (!closing) forgotten.unregister(file);
      closing ??= close(file.descriptor);
      return closing;
    },
  };
}

async function openFile(path: string): Promise<{ readonly file: OpenFile; readonly size: number }> {
  // a pipe would be waited for
  const descriptor = await open(path, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0)).catch(
    (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === 'ENOENT' ? 'does not exist' : 'cannot be opened';
      throw new FaceXFormerError('NOT_FOUND', `${path} ${reason}`, { cause });
    },
  );
  const info = await stat(descriptor);
  if (!info.isFile()) {
    await close(descriptor);
    throw new FaceXFormerError('NOT_FOUND', `${path} is not a file`);
  }
  const file = { descriptor };
  forgotten.register(file, descriptor, file);
  return { file, size: info.size };
}

async function readFully(file: OpenFile, path: string, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await read(file.descriptor, bytes, done, length - done, offset + done);
    if (bytesRead === 0) {
      throw new FaceXFormerError(
        'BAD_CHECKPOINT',
        `${path} became shorter while it was read: open it again once it is whole`,
      );
    }
    done += bytesRead;
  }
  return bytes;
}
