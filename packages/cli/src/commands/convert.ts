import { saveCheckpoint } from '@facexformer/core';
import { checkOutputs, writeFile } from '@facexformer/files';
import { openFile } from '../models/open-model.js';
import { type Command, UsageError } from '../terminal/command.js';
import { oneOf, parse, single } from '../terminal/options.js';

export const convert: Command = {
  name: 'convert',
  summary: 'turn an official .pt or .safetensors into our format',
  help: `usage: facexformer convert <model.pt or model.safetensors> --out FILE [--store F32|F16]

Checks every name and shape, never executes the .pt file's pickle, and leaves optimizer state behind.

  --out FILE    where the checkpoint goes (.safetensors)
  --store S     F32, or F16 for half the size (default F32)

example:
  facexformer convert ckpts/model.pt --out facexformer.safetensors`,
  async run(args, { err, signal }) {
    const { values, positionals } = parse(args, {
      out: { type: 'string' },
      store: { type: 'string', default: 'F32' },
    });
    const path = single(positionals, 'checkpoint');
    if (!values.out) throw new UsageError('say with --out where the checkpoint goes');
    const store = oneOf('store', values.store, ['F32', 'F16']);
    await checkOutputs([values.out], [path]);
    const checkpoint = await openFile(path);
    try {
      await writeFile(values.out, saveCheckpoint(checkpoint.info, checkpoint, store), { signal });
    } finally {
      await checkpoint.close();
    }
    err(`${values.out}: ${checkpoint.tensors.size} tensors of "${checkpoint.info.provenance.name}"`);
  },
};
