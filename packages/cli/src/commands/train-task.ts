import { readFile } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { FaceXFormerError, type Measured } from '@facexformer/core';
import { parseObject } from '@facexformer/core/formats';
import { photosOfFolder, photosOfTable } from '@facexformer/data';
import { blazeFace } from '@facexformer/detector';
import { checkOutputs } from '@facexformer/files';
import { nodeRuntime } from '@facexformer/runtime-node';
import { trainTask } from '@facexformer/train/frozen';
import { diskCache, saveTrainedTask, trainedTaskPaths } from '@facexformer/train/frozen/node';
import { cacheFolder } from '../files/cache-folder.js';
import { openModel } from '../models/open-model.js';
import { ownTask } from '../models/own-task.js';
import { type Command, type Output, UsageError } from '../terminal/command.js';
import { count, oneOf, parse, single } from '../terminal/options.js';
import { progressBar } from '../terminal/progress.js';

const HELP = `usage: facexformer train-task <photos> --name NAME [options]
       facexformer train-task <config.json>

Trains a task of your own on a model that stays as it is. <photos> is a folder with a folder of photos for each
label, or a table: .csv with names in the first line, or .jsonl; columns image, label (or several), split, box.

  --name NAME         name of the new task, such as eyeglasses
  --kind K            classify, multiLabel, regress, segment or embed (default classify)
  --labels A,B        its labels (default: the names of the folders)
  --range LOW,HIGH    usual values of regress
  --tokens N          tokens of the task (default 1)
  --task FILE.js      a module that exports the task, instead of all these
  --out FILE          the plug-in (default NAME.safetensors); curves and metrics go beside it
  --checkpoint FILE   model to build on (default: the embedded model)
  --no-detect         take each photo whole, as a face's crop
  --no-flip           do not learn from mirror images: left and right matter
  --epochs N          at most so many (default 40)
  --folds N           for a handful of photos: measure on each Nth by a training without it, then learn from all
  --batch N           photos of a step (default 32)
  --rate R            learning rate (default 0.004)
  --seed N            another draw of splits and start values (default 1)
  --licence TEXT      licence of the plug-in, kept in it
  --cache DIR         where the model's results are kept between runs (default: in the user's cache folder)
  --cache-size GB     most that they may take (default 4)
  --device D          auto, cpu, cuda or webgpu (default cpu)
  --threads N         CPU threads

A config holds the same by name, and "photos"; its paths are relative to it. Options on the command line come first.

examples:
  facexformer train-task photos/ --name eyeglasses
  facexformer train-task gaze.csv --name gaze --kind regress --labels yaw,pitch --range=-60,60 --no-flip
  facexformer train-task smile/task.json --epochs 60`;

const OPTIONS = {
  name: { type: 'string' },
  kind: { type: 'string' },
  labels: { type: 'string' },
  range: { type: 'string' },
  tokens: { type: 'string' },
  task: { type: 'string' },
  out: { type: 'string' },
  checkpoint: { type: 'string' },
  'no-detect': { type: 'boolean' },
  'no-flip': { type: 'boolean' },
  epochs: { type: 'string' },
  folds: { type: 'string' },
  batch: { type: 'string' },
  rate: { type: 'string' },
  seed: { type: 'string' },
  licence: { type: 'string' },
  cache: { type: 'string' },
  'cache-size': { type: 'string' },
  device: { type: 'string' },
  threads: { type: 'string' },
} as const;

/** Options that are paths. */
const PATHS = new Set(['photos', 'task', 'out', 'checkpoint', 'cache']);

export const trainTaskCommand: Command = {
  name: 'train-task',
  summary: 'train a task of your own on photos',
  help: HELP,
  async run(args, output) {
    const { values, positionals } = parse(await withConfig(args), OPTIONS);
    const photos = single(positionals, 'folder or table of photos');
    const task = await ownTask(
      { ...values, kind: values.kind ?? 'classify', tokens: count('tokens', values.tokens) ?? 1 },
      photos,
    );
    const device = oneOf('device', values.device ?? 'cpu', ['auto', 'cpu', 'cuda', 'webgpu']);
    const threads = count('threads', values.threads);
    const runtime = nodeRuntime({ device, ...(threads && { threads }) });
    const progress = progressBar(output, true);
    const out = values.out ?? `${task.name}.safetensors`;
    await checkOutputs(trainedTaskPaths(out), values.checkpoint ? [photos, values.checkpoint] : [photos]);
    const base = await openModel(values.checkpoint);
    try {
      const trained = await trainTask({
        task,
        base,
        runtime,
        data: extname(photos) === '' ? photosOfFolder(photos) : photosOfTable(photos, runtime),
        cache: await diskCache(values.cache ?? join(cacheFolder(), 'features'), {
          maxBytes: (number('cache-size', values['cache-size']) ?? 4) * 2 ** 30,
        }),
        signal: output.signal,
        ...(!values['no-detect'] && { detector: blazeFace() }),
        flip: !values['no-flip'],
        epochs: count('epochs', values.epochs),
        folds: count('folds', values.folds),
        batch: count('batch', values.batch),
        rate: number('rate', values.rate),
        seed: count('seed', values.seed),
        ...(values.licence && { provenance: { licence: values.licence } }),
        onProgress(line) {
          if (line.phase === 'features') progress.advance(0, `photo ${line.done}`);
          else {
            const { round, rounds, epoch, of, trainLoss, valLoss } = line;
            const loss = Number.isNaN(valLoss) ? trainLoss : valLoss; // in the last round nothing is held back
            progress.advance(
              (round + (epoch + 1) / of) / rounds,
              `${rounds > 1 ? `round ${round + 1}, ` : ''}epoch ${epoch}, loss ${loss.toFixed(3)}`,
            );
          }
        },
      });
      progress.end();
      for (const { name, reason } of trained.skipped) output.err(`${name}: skipped, ${reason}`);
      const { train, val, test } = trained.counts;
      output.err(
        values.folds
          ? `learnt from ${train} photos, measured on each by a training without it`
          : `learnt from ${train} photos, chose epoch ${trained.best} by ${val}, measured on ${test}`,
      );
      report(trained.metrics, output);
      for (const path of await saveTrainedTask(trained, out)) output.out(path);
    } finally {
      progress.end();
      await base.close();
    }
  },
};

function report(metrics: Readonly<Record<string, Measured>>, { err }: Output): void {
  for (const [name, { value, low, high }] of Object.entries(metrics)) {
    err(`  ${name} ${value.toFixed(3)} (95 % interval ${low.toFixed(3)} to ${high.toFixed(3)})`);
  }
}

/** A config's content in front of the other options, which may then say otherwise. */
async function withConfig(args: readonly string[]): Promise<readonly string[]> {
  const path = args.find((arg) => extname(arg) === '.json');
  if (path === undefined) return args;
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new FaceXFormerError('NOT_FOUND', `the config ${path} cannot be read: name an existing JSON file`, {
      cause,
    });
  });
  const rest = args.filter((arg) => arg !== path);
  const fields = parseConfig(text, path);
  const given = Object.entries(fields).flatMap(([name, value]) => {
    const place = PATHS.has(name) ? resolve(dirname(path), String(value)) : String(value);
    if (name === 'photos') return [place];
    if (value === false) return [];
    return value === true ? [`--${name}`] : [`--${name}=${place}`];
  });
  return [...given, ...rest];
}

function parseConfig(text: string, path: string): Readonly<Record<string, unknown>> {
  const fields = parseObject(text);
  if (fields) return fields;
  throw new UsageError(`${path} is no JSON object`);
}

function number(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const parsed = Number(value);
  if (value === '' || !(parsed > 0))
    throw new UsageError(`--${option} must be a number above 0, not "${value}"`);
  return parsed;
}
