import type { PhotoRequest } from '@facexformer/queue';
import { listLines } from '../files/list-lines.js';
import { photosIn } from '../files/list-photos.js';
import { loadQueue, QUEUE_HELP, QUEUE_OPTIONS, queueOf } from '../queue/load-queue.js';
import { type Command, UsageError } from '../terminal/command.js';
import { count, parse } from '../terminal/options.js';
import { progressBar } from '../terminal/progress.js';

const HELP = `usage: facexformer enqueue <photo, folder, pattern or address>... [options]

Adds photos to a queue in Redis, for any number of workers: facexformer work. A photo that the queue has already, waiting,
done or dead, is not added again, so the same command may be run again at any time. Workers open paths as they are
here, made absolute: the folder has to be there under the same name. Needs npm install @facexformer/queue.

  --list FILE         also the photos that FILE names, one a line: a path, an address, or JSON
                      {"photo": ..., "id": ..., "tasks": [...]}, where id comes back with the result; - is standard input
  --tasks A,B         only these tasks (default: all that the workers' model has)
  --attempts N        times that a photo is tried (default 4)
${QUEUE_HELP}

Exit codes: 0 added; 1 the work broke off, and what was read is added; 2 wrong usage; 130 interrupted.

examples:
  facexformer enqueue /srv/photos 'more/**/*.jpg'
  facexformer enqueue https://photos.example.org/face.jpg
  facexformer enqueue --list addresses.txt --tasks age,gender`;

export const enqueue: Command = {
  name: 'enqueue',
  summary: 'add photos to a queue in Redis',
  help: HELP,
  async run(args, output) {
    const { values, positionals } = parse(args, {
      ...QUEUE_OPTIONS,
      list: { type: 'string', multiple: true, default: [] },
      tasks: { type: 'string' },
      attempts: { type: 'string' },
    });
    if (positionals.length === 0 && values.list.length === 0) throw new UsageError('give at least one photo');
    if (positionals.includes('-')) throw new UsageError('for a list on standard input, say --list -');
    const attempts = count('attempts', values.attempts);
    const tasks = values.tasks?.split(',').map((name) => name.trim());
    const { openQueue, parseRequests } = await loadQueue();
    await using queue = await openQueue(queueOf(values, output));

    const progress = progressBar(output);
    async function* requests(): AsyncGenerator<PhotoRequest> {
      for await (const request of named(positionals)) yield { photo: request, tasks };
      for (const path of values.list) {
        for await (const request of parseRequests(listLines(path))) yield { tasks, ...request };
      }
    }
    const { added, known } = await queue.add(requests(), {
      ...(attempts && { attempts }),
      signal: output.signal,
      onProgress: (so) => progress.advance(0, `${so.added} added, ${so.known} known`),
    });
    progress.end();
    output.err(`${added} photos added to the queue "${values.queue}"; ${known} were there already`);
  },
};

async function* named(paths: readonly string[]): AsyncGenerator<string> {
  for (const path of paths) {
    const isUrl = /^[a-z][a-z0-9+.-]*:\/\//i.test(path);
    yield* (isUrl ? undefined : await photosIn(path)) ?? [path];
  }
}
