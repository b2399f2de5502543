import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FaceXFormerError } from '@facexformer/core';
import type { ResultSink } from '@facexformer/queue';

/**
 * The sink of a module: what it exports as `write`, and as `close` if it does.
 * @throws {FaceXFormerError} `NOT_FOUND`, `BAD_OPTION`.
 */
export async function readSink(path: string): Promise<ResultSink> {
  const file = resolve(path);
  const { write, close }: Readonly<Record<string, unknown>> = await import(pathToFileURL(file).href).catch(
    (cause: unknown) => {
      throw new FaceXFormerError('NOT_FOUND', `${file} cannot be imported: ${(cause as Error).message}`, {
        cause,
      });
    },
  );
  if (typeof write !== 'function')
    throw new FaceXFormerError('BAD_OPTION', `${file} exports no function "write" that takes a result`);
  return {
    write: async (record) => write(record),
    ...(typeof close === 'function' && { close: async () => close() }),
  };
}
