import { buffer } from 'node:stream/consumers';
import type { Drawing, Face, RawOutputs } from '@facexformer/core';
import { checkOutputs, writeFile } from '@facexformer/files';
import { type NodeImage, renderOverlay } from '@facexformer/runtime-node';
import { listPhotos } from '../files/list-photos.js';
import {
  ANALYZER_HELP,
  ANALYZER_OPTIONS,
  analyzerWords,
  openAnalyzer,
  usualWorkers,
} from '../models/open-analyzer.js';
import { prettyJson } from '../report/json.js';
import { overlayPaths } from '../report/overlay-paths.js';
import { photoLines } from '../report/photo-lines.js';
import { openResults, resultPaths } from '../report/results.js';
import { startTally } from '../report/tally.js';
import { writeRaw } from '../report/write-raw.js';
import { type Command, type Output, UsageError } from '../terminal/command.js';
import { count, parse } from '../terminal/options.js';
import { progressBar } from '../terminal/progress.js';

const HELP = `usage: facexformer analyze <photo, folder, pattern or ->... [options]

Finds the faces of photos and answers every task for each of them. A folder is searched with those below it; a pattern
such as 'holiday/**/*.jpg' is quoted; - is a photo on standard input.

  --list FILE         also the photos that FILE names, one a line; - is standard input
${ANALYZER_HELP}
  --json FILE         write the results of one photo there (default: standard output)
  --out FILE.jsonl    write the results of any number of photos there, a line each as they come
  --resume            go on with the photos that have no line in --out yet
  --overlay FILE.png  draw the results over the photo; with several photos, a folder
  --raw FILE          write the heads' raw outputs as .safetensors, all faces in one batch, which memory must hold
  --rotations         also find faces that lie on their side or upside down (4 to 8 times the search)
  --no-detect         take each photo as one face's crop, as it is
  --workers N         worker threads that analyse photos at the same time; 0 works without (default: for several photos on
                      the CPU one for each core, up to 4)
  --ahead N           photos that are in memory at the same time (default 8, or 3 for each worker)

One photo is a JSON object { photo, width, height, model, device, faces }. Several, or a folder, are JSON Lines: an object
a line, in order; of a photo that fails { photo, error: { code, message } }. Lengths are photo pixels, angles degrees; the
class map of parsing is row by row in runs of class, length.

Exit codes: 0 all photos were analysed; 1 some failed, or no task gave a result, or the work broke off; 2 wrong usage;
130 interrupted (143 by SIGTERM). Finished lines are kept in any case.

examples:
  facexformer analyze portrait.jpg --overlay portrait-faces.png
  facexformer analyze holiday/ --tasks age,expression --out holiday.jsonl --resume
  curl -s https://example.org/face.jpg | facexformer analyze -
  facexformer analyze crop.png --no-detect --checkpoint model.safetensors --raw raw.safetensors`;

export const analyze: Command = {
  name: 'analyze',
  summary: 'find the faces of photos and answer every task',
  help: HELP,
  async run(args, output) {
    const { values, positionals, words, ahead } = readWords(args);
    const { list: paths, several } = await listPhotos(positionals, values.list);
    if (several && values.json)
      throw new UsageError('--json takes one photo; for several, name --out FILE.jsonl');
    const overlays = values.overlay === undefined ? [] : overlayPaths(values.overlay, paths, several);
    const lines = values.out === undefined ? [] : await resultPaths(values.out);
    const outputs = [...overlays, ...lines, values.json, values.raw].filter((path) => path !== undefined);
    const files = [values.checkpoint, ...values.plugin, ...(values.list ?? [])];
    await checkOutputs(outputs, [...paths, ...files.filter((path) => path !== undefined)]);
    const { analyzer, tasks, info, settings } = await openAnalyzer(
      { ...words, workers: words.workers ?? (several ? usualWorkers(words.device) : 0) },
      { detect: !values['no-detect'], signal: output.signal },
    );
    await using _ = analyzer;
    const { name, trained } = analyzer.provenance;
    if (!trained) warnUntrained(output);
    const asked = { ...settings, ...(values.rotations && { rotations: true }) };
    await using results = values.out ? await openResults(values.out, asked, values.resume) : undefined;
    const { photos: before, failed } = results?.before ?? { photos: 0, failed: 0 };

    const write = async (record: object): Promise<void> => {
      if (results) await results.append(record);
      else if (several) output.out(JSON.stringify(record));
      else if (values.json) await writeFile(values.json, `${prettyJson(record)}\n`);
      else output.out(prettyJson(record));
    };
    const progress = progressBar(output, values.out !== undefined);
    const say = (line: string): void => {
      progress.end();
      output.err(line);
    };
    const tally = startTally(tasks.length, failed);
    const rows: RawOutputs[] = [];
    const start = performance.now();
    const photos = photosOf(paths, overlays, (path) => results?.take(path) ?? false);
    const many = {
      raw: values.raw !== undefined,
      pixels: values.overlay !== undefined,
      rotations: values.rotations,
      ...(ahead && { ahead }),
      signal: output.signal,
    };
    for await (const result of analyzer.analyzeMany(photos, many)) {
      const { path: photo, overlay } = result.item;
      if (result.error) {
        const { code, message } = result.error;
        // One broken photo of many must not cost the others' results; the rows of --raw have to be complete.
        if (!several || values.raw) throw result.error;
        say(`${photo}: skipped, ${message} (${code})`);
        tally.photoFailed();
        await write({ photo, error: { code, message } });
      } else {
        const { size, pixels, faces, raw = [] } = result;
        const drawings = analyzer.draw(faces).map((drawing, i) => withWarning(drawing, faces[i]!));
        if (overlay && pixels) await writeFile(overlay, await renderOverlay(pixels, drawings));
        if (!results) for (const line of photoLines(photo, drawings)) say(line);
        rows.push(...raw);
        tally.add(faces);
        await write({ photo, ...size, model: { name, trained }, device: analyzer.device, faces });
      }
      const done = result.index + 1;
      const rate = (done / (performance.now() - start)) * 1000;
      const text = `${before + done} of ${paths.length}  ${rate.toFixed(1)} photos/s`;
      progress.advance((before + done) / paths.length, text);
    }
    progress.end();
    if (values.raw) await writeRaw(values.raw, tasks, rows, info);
    tally.end(paths.length, say);
  },
};

/** The arguments, as far as they can be checked without looking at files. */
function readWords(args: readonly string[]) {
  const { values, positionals } = parse(args, {
    list: { type: 'string', multiple: true },
    ...ANALYZER_OPTIONS,
    json: { type: 'string' },
    out: { type: 'string' },
    resume: { type: 'boolean', default: false },
    overlay: { type: 'string' },
    raw: { type: 'string' },
    'no-detect': { type: 'boolean', default: false },
    rotations: { type: 'boolean', default: false },
    ahead: { type: 'string' },
  });
  if (positionals.length === 0 && !values.list) throw new UsageError('give at least one photo or folder');
  const ahead = count('ahead', values.ahead);
  if (values.resume && !values.out) throw new UsageError('--resume needs the file of results: --out');
  if (values.json && values.out) throw new UsageError('give --json or --out, not both');
  if (values.resume && values.raw) throw new UsageError('--raw needs all faces of one run, without --resume');
  return { values, positionals, words: analyzerWords(values), ahead };
}

/** The photos that are not done yet, standard input only when its turn comes. */
async function* photosOf(
  paths: readonly string[],
  overlays: readonly string[],
  isDone: (path: string) => boolean,
) {
  for (const [index, path] of paths.entries()) {
    if (isDone(path)) continue;
    const image: NodeImage = path === '-' ? await buffer(process.stdin) : path;
    yield { image, path, overlay: overlays[index] };
  }
}

function warnUntrained({ err }: Output): void {
  err('*** UNTRAINED WEIGHTS: the results below are random numbers and mean nothing. ***');
  err('*** Give a trained model with --checkpoint. ***');
}

/** Untrained weights are called that on the picture too. */
const withWarning = (drawing: Drawing, { warning }: Face): Drawing =>
  warning
    ? { ...drawing, shapes: [{ kind: 'label', text: 'UNTRAINED: random results' }, ...drawing.shapes] }
    : drawing;
