import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FaceXFormerError, openPluginCheckpoint, type PluginCheckpoint } from '@facexformer/core';
import { checkOutputs } from '@facexformer/files';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { recognition } from '@facexformer/task-recognition';
import { allTasks } from '@facexformer/tasks';
import { parseRecipe, processEngine, type Recipe, runRecipe } from '@facexformer/train';
import { openFile } from '../models/open-model.js';
import { type Command, UsageError } from '../terminal/command.js';
import { count, oneOf, parse, single } from '../terminal/options.js';
import { progressBar } from '../terminal/progress.js';

const HELP = `usage: facexformer train <recipe.json> --faces DIR --out DIR [options]

Trains a model of all built-in tasks from labelled faces. Stop it when you like: the same command goes on.

  --faces DIR    sets of labelled faces: DIR/<set>/<split>.jsonl and the archives that it names
  --out DIR      folder of the run: model.safetensors, state.bin, log.jsonl, curves.svg
  --cache DIR    where decoded faces are kept (default: <out>/cache)
  --from PATH    checkpoint that a new run starts from instead of noise, with the plug-ins <task>.safetensors beside it
  --hours H      how long the whole run takes, instead of what the recipe says
  --device D     auto, cpu, cuda or webgpu (default cpu)
  --threads N    CPU threads (default 2)
  --engine CMD   command that takes the steps instead of onnxruntime, such as "python3 packages/train/torch/step.py"

example:
  facexformer train training/mini.json --faces faces --out runs/mini --hours 12`;

export const train: Command = {
  name: 'train',
  summary: 'train a model of all tasks from labelled faces',
  help: HELP,
  async run(args, output) {
    const { values, positionals } = parse(args, {
      faces: { type: 'string' },
      out: { type: 'string' },
      cache: { type: 'string' },
      from: { type: 'string' },
      hours: { type: 'string' },
      device: { type: 'string', default: 'cpu' },
      threads: { type: 'string', default: '2' },
      engine: { type: 'string' },
    });
    const path = single(positionals, 'recipe');
    if (!values.faces) throw new UsageError('say with --faces which folder holds the sets');
    if (!values.out) throw new UsageError('say with --out where the run goes');
    const device = oneOf('device', values.device, ['auto', 'cpu', 'cuda', 'webgpu']);
    const threads = count('threads', values.threads)!;
    const text = await readFile(path, 'utf8').catch((cause: unknown) => {
      throw new FaceXFormerError(
        'NOT_FOUND',
        `the recipe ${path} cannot be read: name an existing JSON file`,
        {
          cause,
        },
      );
    });
    const recipe = withHours(parseRecipe(text, allTasks(), [recognition()]), values.hours);
    const inputs =
      values.from === undefined ? [path] : [path, values.from, ...pathsBeside(values.from, recipe)];
    await checkOutputs(outputsIn(values.out, recipe), inputs);
    // The checkpoint is opened last, since its plug-ins may be refused.
    const fromPlugins = values.from === undefined ? [] : await pluginsBeside(values.from, recipe);
    const from = values.from === undefined ? undefined : await openFile(values.from);
    const progress = progressBar(output, true);
    let left = Number.NaN;
    const written = await runRecipe(recipe, {
      runtime: nodeRuntime({ device, threads }),
      engine: values.engine === undefined ? undefined : processEngine(values.engine.trim().split(/\s+/)),
      faces: values.faces,
      cache: values.cache ?? join(values.out, 'cache'),
      folder: values.out,
      from,
      fromPlugins,
      signal: output.signal,
      onPrepare: (set, split) => progress.advance(0, `reading ${set} ${split}`),
      onProgress: (line) => {
        if ('metrics' in line) {
          progress.end();
          output.err(`step ${line.step}: ${figures(line.metrics)}`);
        } else {
          if (Number.isNaN(left)) left = line.etaMinutes;
          const share = left > 0 ? 1 - line.etaMinutes / left : 1;
          const speed = `${line.imagesPerSecond} images/s`;
          progress.advance(share, `step ${line.step}, ${speed}, ${Math.ceil(line.etaMinutes)} min left`);
        }
      },
    }).finally(() => from?.close());
    progress.end();
    output.out(written);
  },
};

/** The files of a run that a later one could take for its beginning. */
const outputsIn = (folder: string, { plugins }: Recipe): readonly string[] =>
  [
    'state.bin',
    'log.jsonl',
    'curves.svg',
    ...['model', ...plugins.map(({ name }) => name)].map(weightsOf),
  ].map((name) => join(folder, name));

const weightsOf = (name: string): string => `${name}.safetensors`;

/** The recipe's plug-ins that lie beside a checkpoint. */
const pathsBeside = (checkpoint: string, { plugins }: Recipe): readonly string[] =>
  plugins.map(({ name }) => join(dirname(checkpoint), weightsOf(name))).filter((path) => existsSync(path));

const pluginsBeside = (checkpoint: string, recipe: Recipe): Promise<readonly PluginCheckpoint[]> =>
  Promise.all(
    pathsBeside(checkpoint, recipe).map(async (path) => openPluginCheckpoint(await fileSource(path))),
  );

function withHours(recipe: Recipe, hours: string | undefined): Recipe {
  if (hours === undefined) return recipe;
  if (!(Number(hours) > 0)) throw new UsageError(`--hours must be a number above 0, not "${hours}"`);
  return { ...recipe, length: { hours: Number(hours) } };
}

const figures = (metrics: Readonly<Record<string, number>>): string =>
  Object.entries(metrics)
    .map(([name, value]) => `${name} ${Number(value.toPrecision(3))}`)
    .join(', ');
