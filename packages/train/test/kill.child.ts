/** Trains the tiny network with the state saved at every step; killed by the test that starts it. */
import { bySteps } from '../src/trainer/schedule.js';
import { train } from '../src/trainer/train.js';
import { tinyOptions } from './tiny-run.js';

const [cache, run, steps] = process.argv.slice(2) as [string, string, string];
const schedule = { peak: 1e-2, warmUpSteps: 2, progress: bySteps(Number(steps)) };
await train(tinyOptions(cache, run, { schedule, saveEvery: 0, onProgress: () => process.stdout.write('.') }));
