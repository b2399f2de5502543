import { basename } from 'node:path';
import { openShard } from '../src/results/shard-sink.js';
import { openWorker } from '../src/worker.js';
import { stubAnalyzer } from './stub-analyzer.js';

/**
 * A worker as a process of its own. It says each photo on standard error, and hangs or dies as `mode` says:
 * `hang-before`: at the fifth photo, before its result is written; `hang-after`: between writing and completing it;
 * `die`: is killed by the photo crash.jpg.
 */
const [redis = '', folder = '', mode = ''] = process.argv.slice(2);
const never = new Promise<never>(() => undefined);
const shard = await openShard(folder);
let photos = 0;
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const worker = await openWorker({
  redis,
  lease: 1.5,
  concurrency: 2,
  analyzer: stubAnalyzer(async (photo) => {
    if (mode === 'die' && basename(String(photo)) === 'crash.jpg') process.kill(process.pid, 'SIGKILL');
    photos += 1;
    if (mode === 'hang-before' && photos >= 5) {
      say('hangs');
      await never;
    }
  }),
  sink: {
    ...shard,
    async write(record) {
      await shard.write(record);
      if (mode === 'hang-after' && photos >= 5) {
        say('hangs');
        await never;
      }
    },
  },
});
process.once('SIGTERM', () => void worker.close());
say('works');
await worker.ended;
say('ended');
