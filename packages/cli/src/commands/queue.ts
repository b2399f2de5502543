import type { PhotoQueue, QueueCounts } from '@facexformer/queue';
import { loadQueue, QUEUE_HELP, QUEUE_OPTIONS, queueOf } from '../queue/load-queue.js';
import { type Command, UsageError } from '../terminal/command.js';
import { parse } from '../terminal/options.js';

const HELP = `usage: facexformer queue <status, dead, retry, clear> [options]
       facexformer queue merge <folder> --out FILE.jsonl

What becomes of the photos of a queue. Needs npm install @facexformer/queue.

  status              how many photos are waiting, active, delayed (for another attempt), done and dead, as JSON
  dead                the dead-letter list: a line of JSON for each photo whose attempts have all failed, with the error
  retry               give all dead photos their attempts again
  merge               write every result of a folder of workers once, also while they work
  clear               forget the queue and what it knows of photos; results stay

  --watch             with status: again each second, until all photos are done or dead
  --out FILE.jsonl    with merge: where the results go
${QUEUE_HELP}

examples:
  facexformer queue status --watch
  facexformer queue dead > dead.jsonl
  facexformer queue merge results/ --out faces.jsonl`;

export const queueCommand: Command = {
  name: 'queue',
  summary: 'progress, dead letters and results of a queue',
  help: HELP,
  async run(args, output) {
    const { values, positionals } = parse(args, {
      ...QUEUE_OPTIONS,
      watch: { type: 'boolean', default: false },
      out: { type: 'string' },
    });
    const [action = '', folder] = positionals;
    const length = action === 'merge' ? 2 : 1;
    if (positionals.length !== length || !(action === 'merge' || Object.hasOwn(ACTIONS, action)))
      throw new UsageError('say status, dead, retry or clear, or merge and a folder');
    if ((action === 'merge') !== (values.out !== undefined))
      throw new UsageError('merge needs --out, and nothing else takes it');
    const { mergeShards, openQueue } = await loadQueue();
    if (action === 'merge') {
      const { photos, repeated } = await mergeShards(folder!, values.out!, output.signal);
      output.err(`${photos} photos; ${repeated} results were there twice and are left out`);
      return;
    }
    await using queue = await openQueue(queueOf(values, output));
    const say = (value: object): void => output.out(JSON.stringify(value));
    await ACTIONS[action as keyof typeof ACTIONS](queue, say, values.watch, output.signal);
  },
};

type Action = (
  queue: PhotoQueue,
  say: (value: object) => void,
  watch: boolean,
  signal: AbortSignal,
) => Promise<void>;

const ACTIONS = {
  async status(queue, say, watch, signal) {
    const all: AsyncIterable<QueueCounts> | readonly QueueCounts[] = watch
      ? queue.watch({ signal })
      : [await queue.counts()];
    for await (const counts of all) say(counts);
  },
  async dead(queue, say) {
    for await (const photo of queue.dead()) say(photo);
  },
  async retry(queue, say) {
    say({ retried: await queue.retry() });
  },
  async clear(queue) {
    await queue.clear();
  },
} satisfies Record<string, Action>;
