import { join } from 'node:path';
import { createAnalyzer, FaceXFormerError } from '@facexformer/core';
import { type FaceSet, LAYOUTS, readFaces, type Sample } from '@facexformer/data';
import { blazeFace } from '@facexformer/detector';
import { evaluate, figuresOf, reportFiles, reportOf } from '@facexformer/eval';
import { probeOutput, writeFiles } from '@facexformer/files';
import { nodeRuntime } from '@facexformer/runtime-node';
import { openModelWithTasks } from '../models/open-model.js';
import { type Command, UsageError } from '../terminal/command.js';
import { count, oneOf, parse } from '../terminal/options.js';
import { progressBar } from '../terminal/progress.js';

const LAYOUT_NAMES = Object.keys(LAYOUTS) as readonly (keyof typeof LAYOUTS)[];

const HELP = `usage: facexformer eval --faces DIR --split NAME [options]

Measures a model on labelled faces and prints one line of JSON with its figures.

  --faces DIR         sets of labelled faces: DIR/<set>/<split>.jsonl and the archives that it names
  --split NAME        such as val; with --layout, as the data set calls it
  --layout L          DIR is one public data set as published: ${LAYOUT_NAMES.join(', ')}
  --checkpoint FILE   model to measure (default: the embedded model)
  --plugin FILE       also this task, trained with train-task, by its labels (may be given several times)
  --out DIR           write report.json, report.md and pictures there: intervals, bias audit, calibration
  --framing F         detector: crops as a user gets them; fixed: the set's fixed square (default detector)
  --limit N           only the first N faces of each set
  --device D          auto, cpu, cuda or webgpu (default auto)
  --threads N         CPU threads

Lengths are fractions, angles degrees, ages years. Each task's number of faces is <task>.n.

examples:
  facexformer eval --faces faces --split val --out report
  facexformer eval --faces CelebAMask-HQ --layout celebamask-hq --split test`;

export const evalCommand: Command = {
  name: 'eval',
  summary: 'measure a model on labelled faces',
  help: HELP,
  async run(args, output) {
    const { values, positionals } = parse(args, {
      faces: { type: 'string' },
      split: { type: 'string' },
      layout: { type: 'string' },
      checkpoint: { type: 'string' },
      plugin: { type: 'string', multiple: true },
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
    const layout = values.layout === undefined ? undefined : oneOf('layout', values.layout, LAYOUT_NAMES);
    if (values.out !== undefined) await probeOutput(join(values.out, 'report.json'));
    const sets = layout
      ? [await readLayout(layout, values.faces, values.split)]
      : await readFaces(values.faces, values.split);
    const { checkpoint, tasks } = await openModelWithTasks(values.checkpoint, undefined, values.plugin);
    const { info } = checkpoint;
    const { provenance, vocabularies } = info;
    const runtime = nodeRuntime({ device, ...(threads && { threads }) });
    const { signal } = output;
    await using analyzer = await createAnalyzer({
      runtime,
      checkpoint,
      tasks,
      signal,
      ...(framing === 'detector' && { detector: blazeFace() }),
    });
    output.err(`${provenance.name} on ${analyzer.device}, ${values.split} of ${values.faces}`);
    const faces = sets.reduce((sum, { count }) => sum + Math.min(count, limit), 0);
    const progress = progressBar(output, true);
    const outcomes = await evaluate(samplesOf(sets, limit), {
      runtime,
      analyzer,
      tasks,
      vocabularies,
      framing,
      signal,
      onProgress: (done) => progress.advance(done / faces, `${done} of ${faces} faces`),
    });
    progress.end();
    if (values.out !== undefined) {
      output.err('bootstrap, bias audit, calibration');
      const { device } = analyzer;
      const report = reportOf(outcomes, { split: values.split, model: info, tasks, device, framing });
      const files = Object.entries(reportFiles(report));
      const { out } = values;
      await writeFiles(
        files.map(([name, content]) => [join(out, name), content]),
        { signal },
      );
      output.err(`report: ${join(values.out, 'report.md')}`);
    }
    const figures = Object.entries(figuresOf(outcomes, tasks)).map(([name, value]) => [name, short(value)]);
    output.out(
      JSON.stringify({
        split: values.split,
        model: provenance.name,
        framing,
        ...Object.fromEntries(figures),
      }),
    );
  },
};

const short = (value: number): number => Number(value.toFixed(5));

/** Lists a public data set: its labels are small, its pictures stay on disk. */
async function readLayout(layout: keyof typeof LAYOUTS, folder: string, split: string): Promise<FaceSet> {
  const list: Sample[] = [];
  for await (const sample of LAYOUTS[layout](folder, split)) list.push(sample);
  if (list.length === 0) {
    throw new FaceXFormerError(
      'NOT_FOUND',
      `${folder} holds no faces of the split "${split}": its sets need a file ${split}.jsonl`,
    );
  }
  return {
    name: layout,
    count: list.length,
    samples: async function* () {
      yield* list;
    },
  };
}

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
