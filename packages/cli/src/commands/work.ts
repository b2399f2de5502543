import { FaceXFormerError } from '@facexformer/core';
import type { PhotoOutcome, QueueWorker, ResultSink } from '@facexformer/queue';
import {
  ANALYZER_HELP,
  ANALYZER_OPTIONS,
  analyzerWords,
  openAnalyzer,
  usualWorkers,
} from '../models/open-analyzer.js';
import { loadQueue, QUEUE_HELP, QUEUE_OPTIONS, queueOf } from '../queue/load-queue.js';
import { readSink } from '../queue/read-sink.js';
import { type Command, UsageError } from '../terminal/command.js';
import { count, parse } from '../terminal/options.js';
import { progressBar } from '../terminal/progress.js';

const HELP = `usage: facexformer work --out FOLDER [options]

Takes photos from a queue in Redis, which facexformer enqueue fills, until it is told to end (Ctrl-C, SIGTERM): then the
photos at work are finished. Run one a machine. Needs npm install @facexformer/queue.

  --out FOLDER        write results there, a line a photo, in a file of this worker's own; facexformer queue merge joins them
  --sink FILE.mjs     or give each result to the function "write" that this module exports
  --until-done        end when no photo is waiting or at work anywhere
  --concurrency N     photos at work at the same time (default 8)
  --lease N           seconds after which the photos of a worker that gives no sign of life go to another (default 30)
  --allow-host H      addresses of this host may be fetched, such as photos.example.org (may be given several times)
  --allow-private-host H   the same, although it is this machine or one of a private network
  --max-bytes N       bytes of a fetched photo (default 67108864)
  --max-seconds N     for fetching a photo (default 30)
${QUEUE_HELP}
${ANALYZER_HELP}
  --workers N         worker threads that analyse photos at the same time; 0 works without (default: on the CPU one for
                      each core, up to 4)
  --no-detect         take each photo as one face's crop, as it is

All workers of a queue must have the same model, tasks, plug-ins, precision and detection.

Exit codes: 0 told to end, or all is done; 1 the work broke off, or with --until-done some photos are in the dead-letter
list (facexformer queue dead); 2 wrong usage.

examples:
  facexformer work --out results/ --until-done
  facexformer work --out /shared/results --threads 4 --allow-host photos.example.org`;

export const work: Command = {
  name: 'work',
  summary: 'analyse the photos of a queue',
  help: HELP,
  async run(args, output) {
    const { values, words, concurrency, lease, fetch } = readWords(args);
    const { openQueue, openShard, openWorker } = await loadQueue();
    const place = queueOf(values, output);
    const { analyzer, settings } = await openAnalyzer(
      { ...words, workers: words.workers ?? usualWorkers(words.device) },
      { detect: !values['no-detect'], signal: output.signal },
    );
    await using _ = analyzer;
    const sink: ResultSink = values.sink ? await readSink(values.sink) : await openShard(values.out!);
    const { trained } = analyzer.provenance;
    if (!trained) output.err('*** UNTRAINED WEIGHTS: the results are random numbers and mean nothing. ***');
    const progress = progressBar(output, true);
    let done = 0;
    const onPhoto = ({ photo, error, isDead }: PhotoOutcome): void => {
      if (!error) done += 1;
      else {
        progress.end();
        const fate = isDead ? 'in the dead-letter list' : 'will be tried again';
        output.err(`${photo}: ${fate}, ${error.message} (${error.code})`);
      }
    };
    const worker = await openWorker({
      ...place,
      analyzer,
      sink,
      settings,
      fetch,
      onPhoto,
      ...(concurrency && { concurrency }),
      ...(lease && { lease }),
    });
    endOn(output.signal, worker);
    output.err(`takes photos of the queue "${values.queue}"`);
    let dead = 0;
    if (values['until-done']) {
      await using queue = await openQueue(place);
      const ending = new AbortController();
      const end = (): void => ending.abort();
      worker.ended.then(end, end);
      try {
        for await (const counts of queue.watch({ signal: ending.signal })) {
          dead = counts.dead;
          const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
          progress.advance((counts.done + dead) / Math.max(all, 1), `${counts.done + dead} of ${all}`);
        }
      } catch (error) {
        if (!ending.signal.aborted) throw error;
      } finally {
        progress.end();
        await worker.close();
      }
    }
    await worker.ended;
    output.err(`${done} photos done`);
    if (dead > 0) {
      throw new FaceXFormerError(
        'BAD_IMAGE',
        `${dead === 1 ? '1 photo is' : `${dead} photos are`} in the dead-letter list: facexformer queue dead shows them`,
      );
    }
  },
};

function endOn(signal: AbortSignal, worker: QueueWorker): void {
  const end = (): void => void worker.close();
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
}

function readWords(args: readonly string[]) {
  const { values, positionals } = parse(args, {
    ...QUEUE_OPTIONS,
    out: { type: 'string' },
    sink: { type: 'string' },
    'until-done': { type: 'boolean', default: false },
    concurrency: { type: 'string' },
    lease: { type: 'string' },
    'allow-host': { type: 'string', multiple: true, default: [] },
    'allow-private-host': { type: 'string', multiple: true, default: [] },
    'max-bytes': { type: 'string' },
    'max-seconds': { type: 'string' },
    ...ANALYZER_OPTIONS,
    'no-detect': { type: 'boolean', default: false },
  });
  if (positionals.length > 0)
    throw new UsageError('work takes its photos from the queue: add them with enqueue');
  if ((values.out === undefined) === (values.sink === undefined))
    throw new UsageError('say where results go: --out or --sink');
  const maxBytes = count('max-bytes', values['max-bytes']);
  const seconds = count('max-seconds', values['max-seconds']);
  return {
    values,
    concurrency: count('concurrency', values.concurrency),
    lease: count('lease', values.lease),
    fetch: {
      hosts: values['allow-host'],
      privateHosts: values['allow-private-host'],
      ...(maxBytes && { maxBytes }),
      ...(seconds && { seconds }),
    },
    words: analyzerWords(values),
  };
}
