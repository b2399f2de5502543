import { FaceXFormerError } from '@facexformer/core';
import { identityOf } from './identity.js';

/**
 * Compares files by what they are, not by how their paths are spelt, before anything is written.
 * @throws {FaceXFormerError} `BAD_OPTION` naming both when an output is also an input or another output.
 */
export async function refuseOverwrite(outputs: readonly string[], inputs: readonly string[]): Promise<void> {
  const seen = new Map<string, { readonly path: string; readonly input: boolean }>();
  const add = async (path: string, input: boolean): Promise<void> => {
    const identity = await identityOf(path);
    if (identity === undefined) return;
    const other = seen.get(identity);
    if (!input && other) {
      const message = other.input
        ? `${path} would overwrite the input ${other.path}; name another output`
        : `${other.path} and ${path} are the same file; name two`;
      throw new FaceXFormerError('BAD_OPTION', message, { details: { output: path, other: other.path } });
    }
    seen.set(identity, { path, input });
  };
  for (const path of outputs.length > 0 ? inputs : []) await add(path, true);
  for (const path of outputs) await add(path, false);
}
