import { open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Signal } from '@facexformer/core';
import { makeFolder } from './make-folder.js';
import type { FilePlace } from './place.js';
import { replace } from './replace.js';
import type { Sink } from './sink.js';
import { temporaryIn } from './temporary.js';
import { writeAll } from './write-all.js';

/** A regular file that takes its place only when it is complete; until then the old one stands. */
export async function openFileSink(place: FilePlace, signal?: Signal): Promise<Sink> {
  await makeFolder(dirname(place.path));
  const temporary = await temporaryIn(dirname(place.path));
  const handle = await open(temporary, 'wx', place.existing ? 0o600 : 0o666);
  return {
    write: (chunk) => writeAll(handle.fd, chunk, signal),
    commit: () => replace(handle, temporary, place),
    async discard() {
      await handle.close().catch(() => undefined);
      await rm(temporary, { force: true }).catch(() => undefined);
    },
  };
}
