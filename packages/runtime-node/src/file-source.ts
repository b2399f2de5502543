import { type FileHandle, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ByteSource, FaceXFormerError } from '@facexformer/core';

/**
 * Opens a file for random access; close it after use.
 * @throws {FaceXFormerError} `NOT_FOUND` when there is no such file or it cannot be opened, `UNSUPPORTED` for a URL
 * other than `file:`. The source's `read` throws `BAD_CHECKPOINT` past the end of the file and `DISPOSED` after `close`.
 */
export async function fileSource(path: string | URL): Promise<Required<ByteSource>> {
  const absolute = resolve(typeof path === 'string' ? path : pathOf(path));
  const handle = await openFile(absolute);
  const { size } = await handle.stat();
  let closing: Promise<void> | undefined;
  return {
    size,
    path: absolute,
    async read(offset, length) {
      if (closing) throw new FaceXFormerError('DISPOSED', `${absolute} is closed`);
      if (!(offset >= 0 && length >= 0 && offset + length <= size)) {
        throw new FaceXFormerError(
          'BAD_CHECKPOINT',
          `bytes ${offset} to ${offset + length} lie outside ${absolute}, which has ${size}: is it truncated?`,
        );
      }
      return readFully(handle, absolute, offset, length);
    },
    close() {
      closing ??= handle.close();
      return closing;
    },
  };
}

function pathOf(url: URL): string {
  try {
    return fileURLToPath(url);
  } catch (cause) {
    throw new FaceXFormerError('UNSUPPORTED', `${url} is not a local file`, { cause });
  }
}

async function openFile(path: string): Promise<FileHandle> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new FaceXFormerError('NOT_FOUND', `${path} ${missing ? 'does not exist' : 'cannot be opened'}`, {
      cause,
    });
  }
  if (!(await handle.stat()).isFile()) {
    await handle.close();
    throw new FaceXFormerError('NOT_FOUND', `${path} is not a file`);
  }
  return handle;
}

async function readFully(
  handle: FileHandle,
  path: string,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) {
      throw new FaceXFormerError('BAD_CHECKPOINT', `${path} became shorter while it was read`);
    }
    done += bytesRead;
  }
  return bytes;
}
