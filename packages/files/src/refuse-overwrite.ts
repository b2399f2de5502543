import { FaceXFormerError } from '@facexformer/core';
import { identityOf } from './identity.js';

/**
 * Compares files by what they are, not by how their paths are spelt, before anything is written.
 * @throws {FaceXFormerError} `BAD_OPTION` naming both when an output is also an input or another output.
 */
export async function refuseOverwrite(outputs: readonly string[], inputs: readonly string[]): Promise<void> {
  if (outputs.length === 0) return;
  const identities = await Promise.all(inputs.map(identityOf));
  const inputOf = new Map(identities.map((identity, i) => [identity, inputs[i]]));
  const outputOf = new Map<string, string>();
  for (const output of outputs) {
    const identity = await identityOf(output);
    if (identity === undefined) continue;
    const input = inputOf.get(identity);
    const other = outputOf.get(identity);
    if (input !== undefined)
      throw refused(`${output} would overwrite the input ${input}; name another output`, output, input);
    if (other !== undefined)
      throw refused(`${other} and ${output} are the same file; name two`, output, other);
    outputOf.set(identity, output);
  }
}

const refused = (message: string, output: string, other: string): FaceXFormerError =>
  new FaceXFormerError('BAD_OPTION', message, { details: { output, other } });
