import { resolve } from 'node:path';
import { FaceXFormerError } from '@facexformer/core';
import type { ResultSink } from '@facexformer/queue';
import { importModule } from '../files/import-module.js';

/**
 * The sink of a module: what it exports as `write`, and as `close` if it does.
 * @throws {FaceXFormerError} `NOT_FOUND`, `BAD_OPTION`.
 */
export async function readSink(path: string): Promise<ResultSink> {
  const file = resolve(path);
  const { write, close } = await importModule(path);
  if (typeof write !== 'function')
    throw new FaceXFormerError('BAD_OPTION', `${file} exports no function "write" that takes a result`);
  return {
    write: async (record) => write(record),
    ...(typeof close === 'function' && { close: async () => close() }),
  };
}
