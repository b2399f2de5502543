import { join } from 'node:path';
import { blazeFace } from '@facexformer/detector';
import {
  evaluate,
  type FaceSet,
  figuresOf,
  openPredictor,
  readFaces,
  reportFiles,
  reportOf,
  type Sample,
} from '@facexformer/eval';
import { nodeRuntime } from '@facexformer/runtime-node';
import { type Command, count, oneOf, parse, UsageError } from '../command.js';
import { writeWhole } from '../files.js';
import { openModelWithTasks } from '../model.js';
import { progressBar } from '../progress.js';

const HELP = `usage: facexformer eval --faces DIR --split NAME [options]

Measures a model on labelled faces and prints one line of JSON with its figures.

  --faces DIR         sets of labelled faces: DIR/<set>/<split>.jsonl and the archives that it names
  --split NAME        such as val
  --checkpoint FILE   model to measure (default: the embedded model)
  --out DIR           write report.json, report.md and pictures there: intervals, bias audit, calibration
  --framing F         detector: crops as a user gets them; fixed: the set's fixed square (default detector)
  --limit N           only the first N faces of each set
  --device D          auto, cpu, cuda or webgpu (default auto)
  --threads N         CPU threads

Lengths are fractions, angles degrees, ages years. Each task's number of faces is <task>.n.

example:
  facexformer eval --faces faces --split val --out report`;

export const evalCommand: Command = {
  name: 'eval',
  summary: 'measure a model on labelled faces',
  help: HELP,
  async run(args, output) {
    const { values, positionals } = parse(args, {
      faces: { type: 'string' },
      split: { type: 'string' },
      checkpoint: { type: 'string' },
      out: { type: 'string' },
      framing: { type: 'string', default: 'detector' },
      limit: { type: 'string' },
      device: { type: 'string', default: 'auto' },
      threads: { type: 'string' },
    });
    if (positionals.length > 0) throw new UsageError(`what is "${positionals[0]}" for?`);
    if (!values.faces) throw new UsageError('say with --faces which folder holds the sets');
    if (!values.split) throw new UsageError('say with --split which split to measure');
    const framing = oneOf('framing', values.framing, ['detector', 'fixed']);
    const device = oneOf('device', values.device, ['auto', 'cpu', 'cuda', 'webgpu']);
    const threads = count('threads', values.threads);
    const limit = count('limit', values.limit) ?? Number.POSITIVE_INFINITY;
    const sets = await readFaces(values.faces, values.split);
    const { checkpoint, tasks } = await openModelWithTasks(values.checkpoint, undefined);
    const { provenance } = checkpoint.info;
    const runtime = nodeRuntime({ device, ...(threads && { threads }) });
    const { signal } = output;
    const predictor = await openPredictor({
      runtime,
      checkpoint,
      tasks,
      signal,
      ...(framing === 'detector' && { detector: blazeFace() }),
    });
    output.err(`${provenance.name} on ${predictor.device}, ${join(values.faces, '*', values.split)}`);
    const faces = sets.reduce((sum, { count }) => sum + Math.min(count, limit), 0);
    const progress = progressBar(output, true);
    try {
      const outcomes = await evaluate(samplesOf(sets, limit), {
        runtime,
        predictor,
        signal,
        onProgress: (done) => progress.advance(done / faces, `${done} of ${faces} faces`),
      });
      progress.end();
      if (values.out !== undefined) {
        output.err('bootstrap, bias audit, calibration');
        const setting = { split: values.split, model: checkpoint.info, device: predictor.device, framing };
        for (const [name, content] of Object.entries(reportFiles(reportOf(outcomes, setting)))) {
          await writeWhole(join(values.out, name), content, signal);
        }
        output.err(`report: ${join(values.out, 'report.md')}`);
      }
      const figures = Object.entries(figuresOf(outcomes)).map(([name, value]) => [name, short(value)]);
      output.out(
        JSON.stringify({
          split: values.split,
          model: provenance.name,
          framing,
          ...Object.fromEntries(figures),
        }),
      );
    } finally {
      await predictor.dispose();
    }
  },
};

const short = (value: number): number => Number(value.toFixed(5));

async function* samplesOf(sets: readonly FaceSet[], limit: number): AsyncGenerator<Sample> {
  for (const set of sets) {
    let left = Math.min(limit, set.count);
    if (left === 0) continue;
    for await (const sample of set.samples()) {
      yield sample;
      left -= 1;
      if (left === 0) break;
    }
  }
}
