/**
 * Trains the tiny network with the state saved at every step. With `turns`, the process kills itself so many turns of
 * its event loop after the tenth step: amid whatever it does then, on a slow machine as on a fast one.
 */
import { bySteps } from '../../../src/engine/schedule.js';
import { train } from '../../../src/whole/trainer/train.js';
import { tinyOptions } from '../../tiny-run.js';

const [cache, run, steps, turns] = process.argv.slice(2) as [string, string, string, string | undefined];
const schedule = { peak: 1e-2, warmUpSteps: 2, progress: bySteps(Number(steps)) };

function killLater(left: number): void {
  if (left === 0) process.kill(process.pid, 'SIGKILL');
  setImmediate(killLater, left - 1);
}

let killing = turns === undefined;
const onProgress = (): void => {
  if (!killing) killLater(Number(turns));
  killing = true;
};
await train(tinyOptions(cache, run, { schedule, saveEvery: 0, onProgress }));
