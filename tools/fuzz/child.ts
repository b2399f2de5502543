/**
 * One target in a process of its own: `node child.mjs TARGET SEED FIRST SECONDS PROGRESS FINDINGS` tries inputs from
 * number FIRST on. The number under trial stands in the file PROGRESS, so that whoever watches knows where it hung or died.
 */
import { mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { FaceXFormerError } from '@facexformer/core';
import { randomOf } from './random.ts';
import { TARGETS } from './targets.ts';

const MOST_FAULTS = 20;
/** Engines, codecs and caches have taken what they keep by then. */
const WARM = 300;

const [name = '', seed = '', first = '', seconds = '', progress = '', findings = ''] = process.argv.slice(2);
const found = TARGETS.find((target) => target.name === name);
if (!found) throw new Error(`there is no target ${name}`);
const trial = await found.prepare();

const file = openSync(progress, 'w');
const faults: string[] = [];
let index = Number(first);

function fault(kind: string, error: unknown, input: unknown): void {
  const text = `${kind} at input ${index} of seed ${seed}\n${error instanceof Error ? error.stack : inspect(error)}`;
  faults.push(text);
  mkdirSync(findings, { recursive: true });
  const path = join(findings, `${name}-${seed}-${index}`);
  writeFileSync(`${path}.txt`, `${text}\n`);
  if (input instanceof Uint8Array) writeFileSync(`${path}.bin`, input);
  else writeFileSync(`${path}.input.txt`, inspect(input, { depth: 12, maxStringLength: 2000 }));
}

let input: unknown;
process.on('unhandledRejection', (error) => fault('unhandled rejection', error, input));

const counts = { accepted: 0, refused: 0 };
const end = performance.now() + Number(seconds) * 1000;
let slowest = 0;
let baseline = 0;
let peak = 0;
while (performance.now() < end && faults.length < MOST_FAULTS) {
  writeSync(file, String(index).padEnd(16), 0);
  input = trial.input(randomOf(Number(seed), index));
  const begun = performance.now();
  try {
    await trial.attempt(input);
    counts.accepted += 1;
  } catch (error) {
    if (FaceXFormerError.isInstance(error) && error.message.length <= 600) counts.refused += 1;
    else fault('untyped error', error, input);
  }
  slowest = Math.max(slowest, performance.now() - begun);
  index += 1;
  if (index % 16 === 0) {
    const memory = process.memoryUsage.rss();
    if (index < Number(first) + WARM || baseline === 0) baseline = memory;
    peak = Math.max(peak, memory);
    // Timers, closed handles and rejections get their turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
process.send?.({ ...counts, next: index, slowest, growth: Math.max(0, peak - baseline), faults });
process.disconnect?.();
process.exit();
