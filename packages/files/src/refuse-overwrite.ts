import { FaceXFormerError } from '@facexformer/core';
import { identityOf } from './identity.js';

/** Inputs that are looked up at the same time; there may be millions. */
const AT_ONCE = 64;

/**
 * Compares files by what they are, not by how their paths are spelt, before anything is written.
 * @throws {FaceXFormerError} `BAD_OPTION` naming both when an output is also an input or another output.
 */
export async function refuseOverwrite(outputs: readonly string[], inputs: readonly string[]): Promise<void> {
  if (outputs.length === 0) return;
  const outputOf = new Map<string, string>();
  for (const output of outputs) {
    const identity = await identityOf(output);
    if (identity === undefined) continue;
    const other = outputOf.get(identity);
    if (other !== undefined)
      throw refused(`${other} and ${output} are the same file; name two`, output, other);
    outputOf.set(identity, output);
  }
  for (let start = 0; start < inputs.length; start += AT_ONCE) {
    const some = inputs.slice(start, start + AT_ONCE);
    for (const [i, identity] of (await Promise.all(some.map(identityOf))).entries()) {
      const output = identity === undefined ? undefined : outputOf.get(identity);
      if (output !== undefined)
        throw refused(
          `${output} would overwrite the input ${some[i]}; name another output`,
          output,
          some[i]!,
        );
    }
  }
}

const refused = (message: string, output: string, other: string): FaceXFormerError =>
  new FaceXFormerError('BAD_OPTION', message, { details: { output, other } });
