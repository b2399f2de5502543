import { type FileHandle, open } from 'node:fs/promises';
import { FaceXFormerError } from '@facexformer/core';
import { demand } from '@facexformer/core/arguments';
import { lockFile } from './lock-file.js';
import { PATH, placeOf } from './place.js';
import type { Sink } from './sink.js';
import { openStreamSink } from './stream-sink.js';
import { writing } from './system-error.js';
import { writeAll } from './write-all.js';

/** Adds records to a file of JSON Lines. */
export interface LineAppender extends AsyncDisposable {
  /** Adds one record as a line; settles when it is written, so that waiting for it keeps pace with the disk. */
  append(record: NonNullable<unknown> | null): Promise<void>;
  /** Settles when all lines so far are on the disk, whatever the machine's power does. Calls at the same time share the wait. */
  sync(): Promise<void>;
  /** Ends after all lines, which then are on the disk. */
  close(): Promise<void>;
}

/**
 * Opens a file of JSON Lines, which is made if need be, to add whole lines at its end. A line that a kill or a full
 * disk cut off is removed first. One process at a time: the file is locked until `close`. Devices and pipes are
 * written through.
 * @throws {FaceXFormerError} `LOCKED`, `WRITE_FAILED`; `append` `WRITE_FAILED` with the file as it was before,
 *   `DISPOSED` after `close`; `sync` the same.
 */
export async function appendLines(path: string): Promise<LineAppender> {
  demand(path, PATH, 'appendLines: path');
  const place = await placeOf(path);
  const sink: LineSink = await writing(path, async () =>
    place.kind === 'file'
      ? openLines(place.path)
      : { ...(await openStreamSink(place)), sync: async () => undefined },
  );
  let last: Promise<unknown> = Promise.resolve();
  let syncing: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  let closing: Promise<void> | undefined;
  const requireOpen = (): void => {
    if (closing) throw new FaceXFormerError('DISPOSED', `${path} takes no more lines: it is closed`);
  };
  const syncNow = async (): Promise<void> => {
    await syncing.catch(() => undefined);
    syncing = next!; // whoever asks from now on may have lines that this call would miss
    next = undefined;
    await last;
    await writing(path, () => sink.sync());
  };
  const close = (): Promise<void> => {
    closing ??= Promise.allSettled([last, syncing, next]).then(() => writing(path, () => sink.commit()));
    return closing;
  };
  return {
    async append(record) {
      requireOpen();
      const line = `${JSON.stringify(record)}\n`;
      const turn = last.then(() => writing(path, () => sink.write(line)));
      last = turn.catch(() => undefined);
      await turn;
    },
    async sync() {
      requireOpen();
      next ??= syncNow();
      await next;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

interface LineSink extends Sink {
  /** What was written is on the disk then. */
  sync(): Promise<void>;
}

async function openLines(path: string): Promise<LineSink> {
  const lock = await lockFile(path);
  let handle: FileHandle | undefined;
  const discard = async (): Promise<void> => {
    await handle?.close().catch(() => undefined);
    await lock.release();
  };
  try {
    const file = await open(path, 'a+');
    handle = file;
    let length = await endOfLines(file);
    await file.truncate(length);
    return {
      async write(line) {
        try {
          length += await writeAll(file.fd, line);
        } catch (error) {
          await file.truncate(length).catch(() => undefined);
          throw error;
        }
      },
      sync: () => file.datasync(),
      async commit() {
        try {
          await file.sync();
        } finally {
          await discard();
        }
      },
      discard,
    };
  } catch (error) {
    await discard();
    throw error;
  }
}

/** Bytes up to the end of the last whole line. */
async function endOfLines(file: FileHandle): Promise<number> {
  const piece = Buffer.alloc(2 ** 16);
  for (let end = (await file.stat()).size; end > 0; end -= piece.length) {
    const start = Math.max(0, end - piece.length);
    const { bytesRead } = await file.read(piece, 0, end - start, start);
    const newline = piece.subarray(0, bytesRead).lastIndexOf('\n');
    if (newline >= 0) return start + newline + 1;
  }
  return 0;
}
