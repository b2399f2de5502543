import { fstatSync, writeSync } from 'node:fs';
import type { Writable } from 'node:stream';

/** A standard stream of this process that, whatever becomes of its reader or disk, ends no work. */
export interface StandardStream {
  /** Never throws; nothing more is written after a failure. */
  write(text: string): void;
  /** Waits for all that was written. Tells what failed, unless the reader only left, such as `head`. */
  end(): Promise<Error | undefined>;
}

/** Wraps `process.stdout` or `process.stderr`. */
export function standardStream(stream: Writable & { readonly fd: number }): StandardStream {
  const file = fstatSync(stream.fd).isFile();
  let failure: NodeJS.ErrnoException | undefined;
  const fail = (error: NodeJS.ErrnoException): void => {
    failure ??= error;
  };
  stream.on('error', fail);
  const write = (text: string, done?: () => void): void => {
    try {
      if (failure) done?.();
      else if (file) {
        writeWhole(stream.fd, text);
        done?.();
      } else stream.write(text, done);
    } catch (error) {
      fail(error as NodeJS.ErrnoException);
      done?.();
    }
  };
  return {
    write,
    async end() {
      await new Promise<void>((resolve) => write('', resolve));
      return failure?.code === 'EPIPE' ? undefined : failure;
    },
  };
}

/** Node itself writes once to a file and takes no notice when a full disk takes only a part. */
function writeWhole(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
}
