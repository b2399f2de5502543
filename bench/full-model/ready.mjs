/** In a process of its own: how long until a session can run, and the peak of memory after the first run. */
import { readFileSync } from 'node:fs';
import { pictures, variants } from './variants.mjs';

const [name, weights, plain] = process.argv.slice(2);
const started = performance.now();
const run = await variants({ weights, plain })[name]();
const readyMs = performance.now() - started;
await run(pictures(1));
const peakMb = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
console.log(JSON.stringify({ readyMs, peakMb }));
