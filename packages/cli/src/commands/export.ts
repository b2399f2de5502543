import { type Checkpoint, FaceXFormerError, type Precision } from '@facexformer/core';
import { exportOnnx, sizeOf } from '@facexformer/core/graph';
import { assembleModel } from '@facexformer/core/model';
import { checkOutputs, writeFile } from '@facexformer/files';
import { openModelWithTasks } from '../models/open-model.js';
import { type Command, UsageError } from '../terminal/command.js';
import { oneOf, parse, precisionOf } from '../terminal/options.js';

const TARGETS = ['portable', 'cpu', 'cuda', 'webgpu', 'wasm'] as const;

export const exportModel: Command = {
  name: 'export',
  summary: 'write a model as one ONNX file',
  help: `usage: facexformer export --checkpoint FILE --out model.onnx [options]

  --checkpoint FILE   model to export
  --out FILE          where the ONNX file goes; the weights are inside
  --target T          ${TARGETS.join(', ')} (default portable: standard operators only)
  --precision P       fp32 or int8 (default: int8 where the checkpoint is stored so, else fp32)
  --tasks A,B         only the heads of these tasks
  --plugin FILE       also this task, trained with train-task (may be given several times)

example:
  facexformer export --checkpoint facexformer.safetensors --target portable --out facexformer.onnx`,
  async run(args, { err, signal }) {
    const { values, positionals } = parse(args, {
      checkpoint: { type: 'string' },
      out: { type: 'string' },
      target: { type: 'string', default: 'portable' },
      precision: { type: 'string' },
      tasks: { type: 'string' },
      plugin: { type: 'string', multiple: true },
    });
    if (positionals.length > 0)
      throw new UsageError(`"${positionals[0]}" is not an option; use --checkpoint`);
    if (!values.checkpoint || !values.out) throw new UsageError('give --checkpoint and --out');
    const target = oneOf('target', values.target, TARGETS);
    const precision = precisionOf(values.precision);
    await checkOutputs([values.out], [values.checkpoint, ...(values.plugin ?? [])]);
    const { checkpoint, tasks } = await openModelWithTasks(values.checkpoint, values.tasks, values.plugin);
    try {
      requireSize(checkpoint, precision);
      const { outputs, parameters } = assembleModel(checkpoint, tasks);
      const { bytes } = await exportOnnx({ outputs, parameters, target, precision });
      await writeFile(values.out, bytes, { signal });
      err(`${values.out}: ${(bytes.length / 1e6).toFixed(1)} MB, outputs ${Object.keys(outputs).join(', ')}`);
    } finally {
      await checkpoint.close();
    }
  },
};

/**
 * A single ONNX file cannot hold 2 GiB.
 * @throws {FaceXFormerError} `UNSUPPORTED`.
 */
export function requireSize(
  { tensors }: Pick<Checkpoint, 'tensors'>,
  precision: Precision | undefined,
): void {
  const width = (isInt8: boolean): number => ((precision ? precision === 'int8' : isInt8) ? 1 : 4);
  const bytes = [...tensors.values()].reduce(
    (sum, { shape, int8 }) => sum + sizeOf(shape) * width(int8 !== undefined),
    0,
  );
  if (bytes < 2 ** 31) return;
  const size = `${(bytes / 1e9).toFixed(1)} GB`;
  throw new FaceXFormerError(
    'UNSUPPORTED',
    `the model takes ${size}, one ONNX file holds less than 2.1 GB: use --precision int8`,
  );
}
