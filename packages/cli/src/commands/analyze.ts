import { basename } from 'node:path';
import {
  type Analyzer,
  createAnalyzer,
  type Drawing,
  type Face,
  FaceXFormerError,
  type RawOutputs,
  type Task,
} from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { checkOutputs, writeFile } from '@facexformer/files';
import { type NodeImage, nodeRuntime, renderOverlay } from '@facexformer/runtime-node';
import { listPhotos } from '../files/list-photos.js';
import { openModelWithTasks } from '../models/open-model.js';
import { prettyJson, toJson } from '../report/json.js';
import { overlayPaths } from '../report/overlay-paths.js';
import { photoLines } from '../report/photo-lines.js';
import { writeRaw } from '../report/write-raw.js';
import { type Command, type Output, UsageError } from '../terminal/command.js';
import { count, oneOf, parse } from '../terminal/options.js';
import { progressBar } from '../terminal/progress.js';

const HELP = `usage: facexformer analyze <photo or folder>... [options]

Finds the faces of photos and answers every task for each of them.

  --checkpoint FILE   model to use: .safetensors or the official .pt (default: the embedded model)
  --tasks A,B         only these tasks (default: all that the model has)
  --plugin FILE       also this task, taught with train-task (may be given several times)
  --json FILE         write the results there (default: standard output)
  --overlay FILE.png  draw the results over the photo; with several photos, a folder
  --raw FILE          write the heads' raw outputs as .safetensors, all faces in one batch
  --no-detect         take each photo as one face's crop, as it is
  --device D          auto, cpu, cuda or webgpu (default auto)
  --precision P       fp32 or int8 (default fp32)
  --threads N         CPU threads

The JSON is one object a photo (image, width, height, model, device, faces), and an array of them for several photos
or a folder. Lengths are photo pixels, angles degrees; the class map of parsing is row by row in runs of class, length.

examples:
  facexformer analyze portrait.jpg --overlay portrait-faces.png
  facexformer analyze holiday/ --tasks age,expression --json holiday.json
  facexformer analyze crop.png --no-detect --checkpoint model.safetensors --raw raw.safetensors`;

type AnyAnalyzer = Analyzer<NodeImage, readonly Task[]>;

interface Photo {
  readonly path: string;
  readonly faces: readonly Face[];
  readonly raw: readonly RawOutputs[];
  readonly width: number;
  readonly height: number;
}

/** A photo that could not be read, as the report says it. */
interface Failed {
  readonly image: string;
  readonly error: { readonly code: string; readonly message: string };
}

export const analyze: Command = {
  name: 'analyze',
  summary: 'find the faces of photos and answer every task',
  help: HELP,
  async run(args, output) {
    const { values, positionals } = parse(args, {
      checkpoint: { type: 'string' },
      tasks: { type: 'string' },
      plugin: { type: 'string', multiple: true },
      json: { type: 'string' },
      overlay: { type: 'string' },
      raw: { type: 'string' },
      'no-detect': { type: 'boolean', default: false },
      device: { type: 'string', default: 'auto' },
      precision: { type: 'string', default: 'fp32' },
      threads: { type: 'string' },
    });
    if (positionals.length === 0) throw new UsageError('give at least one photo or folder');
    const device = oneOf('device', values.device, ['auto', 'cpu', 'cuda', 'webgpu']);
    const precision = oneOf('precision', values.precision, ['fp32', 'int8']);
    const threads = count('threads', values.threads);
    const { list: paths, several } = await listPhotos(positionals);
    const overlays = values.overlay === undefined ? [] : overlayPaths(values.overlay, paths, several);
    const outputs = [...overlays, values.json, values.raw].filter((path) => path !== undefined);
    await checkOutputs(outputs, [
      ...paths,
      ...(values.checkpoint ? [values.checkpoint] : []),
      ...(values.plugin ?? []),
    ]);
    const { checkpoint, tasks } = await openModelWithTasks(values.checkpoint, values.tasks, values.plugin);
    const runtime = nodeRuntime({ device, ...(threads && { threads }) });
    await using analyzer = await createAnalyzer({
      runtime,
      checkpoint,
      tasks,
      precision,
      ...(!values['no-detect'] && { detector: blazeFace() }),
      signal: output.signal,
    });
    warnUntrained(analyzer, output);

    const progress = progressBar(output);
    const photos: Photo[] = [];
    const failed: Failed[] = [];
    const { signal } = output;
    for await (const result of analyzer.analyzeMany(paths, { raw: values.raw !== undefined, signal })) {
      const { index, item: path, error } = result;
      progress.end();
      if (error) {
        // One broken photo of many must not cost the others' results; the rows of --raw have to be complete.
        if (paths.length === 1 || values.raw) throw error;
        output.err(`${path}: skipped, ${error.message} (${error.code})`);
        failed.push({ image: path, error: { code: error.code, message: error.message } });
        continue;
      }
      const { pixels, faces, raw = [] } = result;
      const drawings = analyzer.draw(faces).map((drawing, i) => withWarning(drawing, faces[i]!));
      const overlay = overlays[index];
      if (overlay) await writeFile(overlay, await renderOverlay(pixels, drawings));
      photos.push({ path, faces, raw, width: pixels.width, height: pixels.height });
      for (const line of photoLines(path, drawings)) output.err(line);
      progress.advance((index + 1) / paths.length, `${index + 1} of ${paths.length}  ${basename(path)}`);
    }
    progress.end();
    const rows = photos.flatMap(({ raw }) => raw);
    if (values.raw) await writeRaw(values.raw, tasks, rows, checkpoint.info);
    const json = prettyJson(report(photos, failed, analyzer, several));
    if (values.json) await writeFile(values.json, `${json}\n`);
    else output.out(json);
    if (failed.length > 0) {
      const names = failed.map(({ image }) => image).join(', ');
      throw new FaceXFormerError(
        'BAD_IMAGE',
        `${failed.length} of ${paths.length} photos were skipped: ${names}`,
      );
    }
  },
};

function warnUntrained({ provenance }: AnyAnalyzer, { err }: Output): void {
  if (provenance.trained) return;
  err('*** UNTRAINED WEIGHTS: the results below are random numbers and mean nothing. ***');
  err('*** Give a trained model with --checkpoint. ***');
}

/** Untrained weights are called that on the picture too. */
const withWarning = (drawing: Drawing, { warning }: Face): Drawing =>
  warning
    ? { ...drawing, shapes: [{ kind: 'label', text: 'UNTRAINED: random results' }, ...drawing.shapes] }
    : drawing;

function report(
  photos: readonly Photo[],
  failed: readonly Failed[],
  { device, provenance }: AnyAnalyzer,
  several: boolean,
): unknown {
  const { name, trained } = provenance;
  const list = photos.map(({ path, width, height, faces }) => ({
    image: path,
    width,
    height,
    model: { name, trained },
    device,
    faces: toJson(faces),
  }));
  return several ? [...list, ...failed] : list[0];
}
