import { type Checkpoint, type CheckpointInfo, saveCheckpoint } from '@facexformer/core';
import { int8Parameters } from '@facexformer/core/graph';
import { assembleModel } from '@facexformer/core/model';
import { checkOutputs, writeFile } from '@facexformer/files';
import { chooseTasks, openFile } from '../models/open-model.js';
import { type Command, UsageError } from '../terminal/command.js';
import { oneOf, parse, single } from '../terminal/options.js';

export const convert: Command = {
  name: 'convert',
  summary: 'turn a checkpoint into our format, or store it smaller',
  help: `usage: facexformer convert <model.pt or model.safetensors> --out FILE [--precision P]

Checks every name and shape, never executes the .pt file's pickle, and leaves optimizer state behind.

  --out FILE    where the checkpoint goes (.safetensors)
  --precision P fp32, fp16 for half the size, or int8 for a quarter: wide matrix products are stored in
                eight bits, and opening rounds them no more (default fp32)

example:
  facexformer convert facexformer-official.pt --out facexformer.safetensors
  facexformer convert facexformer.safetensors --precision int8 --out facexformer-int8.safetensors`,
  async run(args, { err, signal }) {
    const { values, positionals } = parse(args, {
      out: { type: 'string' },
      precision: { type: 'string', default: 'fp32' },
    });
    const path = single(positionals, 'checkpoint');
    if (!values.out) throw new UsageError('say with --out where the checkpoint goes');
    const precision = oneOf('precision', values.precision, ['fp32', 'fp16', 'int8']);
    await checkOutputs([values.out], [path]);
    const checkpoint = await openFile(path);
    try {
      const isHalf = precision === 'fp16' || (precision === 'int8' && isInHalves(checkpoint));
      const int8 = precision === 'int8' ? await wideWeights(checkpoint) : undefined;
      const bytes = saveCheckpoint(convertedInfo(checkpoint), checkpoint, isHalf ? 'F16' : 'F32', int8);
      await writeFile(values.out, bytes, { signal });
    } finally {
      await checkpoint.close();
    }
    err(`${values.out}: ${checkpoint.tensors.size} tensors of "${checkpoint.info.provenance.name}"`);
  },
};

/** A copy in another precision still fits the plug-ins of the original. */
function convertedInfo({ info }: Checkpoint): CheckpointInfo {
  const convertedFrom = info.convertedFrom ?? info.contentHash;
  return convertedFrom === undefined ? info : { ...info, convertedFrom };
}

/** What stays real in an int8 checkpoint keeps its precision. */
const isInHalves = ({ tensors }: Checkpoint): boolean =>
  [...tensors.values()].every(({ dtype }) => dtype === 'F16');

/** Heads of tasks that this package does not know stay as they are. */
async function wideWeights(checkpoint: Checkpoint): Promise<ReadonlyMap<string, number>> {
  return int8Parameters(assembleModel(checkpoint, await chooseTasks(checkpoint)).outputs);
}
