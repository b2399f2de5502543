import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { emptyBatch } from '../../../src/whole/batch/batch.js';
import { feedShapes } from '../../../src/whole/plan/plan.js';
import { lossNames } from '../../../src/whole/plan/step.js';
import { processEngine } from '../../../src/whole/trainer/process-engine.js';
import { initialState } from '../../../src/whole/trainer/state.js';
import { train } from '../../../src/whole/trainer/train.js';
import { tinyOptions, tinyParameters, tinySteps, writeTiles } from '../../tiny-run.js';

const start = initialState(tinyParameters, 1);
const names = lossNames(tinySteps);
const feeds = Object.values(feedShapes(tinySteps));
const feedLength = feeds.reduce((sum, dims) => sum + dims.reduce((product, dim) => product * dim, 1), 0);

let folder: string;
let script: string;

/** The other side in Node: every step adds the learning rate to all parameters; the "losses" are what it was sent. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'engine-'));
  writeTiles(folder);
  script = join(folder, 'engine.cjs');
  writeFileSync(
    script,
    `const { readFileSync, readSync, writeSync } = require('node:fs');
const plan = JSON.parse(readFileSync(process.argv[2] + '/plan.json', 'utf8'));
readFileSync(process.argv[2] + '/forward.bin');
const size = (dims) => dims.reduce((product, dim) => product * dim, 1);
const count = plan.slots.reduce((sum, { length }) => sum + length, 0);
const feeds = plan.feeds.reduce((sum, [, dims]) => sum + size(dims), 0);
const read = (floats) => {
  const bytes = Buffer.alloc(floats * 4);
  for (let at = 0; at < bytes.length; ) at += readSync(0, bytes, at, bytes.length - at);
  return new Float32Array(bytes.buffer, bytes.byteOffset, floats);
};
const write = (values) => {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
};
let vectors;
for (;;) {
  const letter = Buffer.alloc(1);
  if (readSync(0, letter, 0, 1) === 0) break;
  if (letter[0] === 76) vectors = read(4 * count).slice();
  if (letter[0] === 82) write(vectors);
  if (letter[0] === 83) {
    const [rate] = read(4);
    const sum = read(feeds).reduce((total, value) => total + value, 0);
    for (let i = 0; i < count; i += 1) vectors[i] += rate;
    const losses = new Float32Array(${names.length + 1}).fill(sum);
    losses[${names.length}] = 0.5;
    write(losses);
  }
}
`,
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

it('hands over the state and the feeds, and takes the state back', async () => {
  const engine = await processEngine([process.execPath, script])(tinySteps, tinyParameters, start);
  const batch = emptyBatch(tinySteps);
  batch.image!.data.fill(1);
  batch.ageWeight!.data.fill(2);
  const { losses, norm } = await engine.step(batch, 1, 0.25).result;
  const expected = batch.image!.data.length + 2 * batch.ageWeight!.data.length;
  expect([...losses]).toEqual(names.map(() => expected));
  expect(norm).toBe(0.5);
  const { parameters, average } = await engine.vectors();
  expect(parameters).toEqual(start.parameters.map((value) => value + 0.25));
  expect(average).toEqual(start.average);
  expect(feedLength * 4).toBeGreaterThan(65_536); // more than a pipe holds: parts arrive one by one
  await engine.dispose();
  await expect(engine.step(batch, 2, 0.25).result).rejects.toMatchObject({ code: 'DISPOSED' });
});

it('describes the network so that every input of a node comes before it', async () => {
  const copy = join(folder, 'copy.cjs');
  writeFileSync(
    copy,
    `require('node:fs').cpSync(process.argv[2], ${JSON.stringify(join(folder, 'seen'))}, { recursive: true }); process.exit(3)`,
  );
  const engine = await processEngine([process.execPath, copy])(tinySteps, tinyParameters, start);
  await expect(engine.vectors()).rejects.toMatchObject({ code: 'RUNTIME' });
  await engine.dispose();
  const { forward, losses } = JSON.parse(readFileSync(join(folder, 'seen', 'plan.json'), 'utf8'));
  for (const { nodes, outputs } of [forward, losses]) {
    nodes.forEach(({ inputs }: { inputs: number[] }, i: number) => {
      for (const x of inputs) expect(x).toBeLessThan(i);
    });
    for (const index of Object.values(outputs)) expect(nodes[index as number]).toBeDefined();
  }
  expect(Object.keys(losses.outputs)).toEqual(['total', 'losses']);
  const named = forward.nodes.flatMap((node: { op: string; name?: string }) =>
    node.op === 'input' ? [node.name] : [],
  );
  expect(new Set(named)).toEqual(new Set(['image', ...tinyParameters.slots.map(({ name }) => name)]));
});

it('trains a run', async () => {
  const path = await train(tinyOptions(folder, 'run', { engine: processEngine([process.execPath, script]) }));
  expect(path).toContain('model.safetensors');
});

it('says what the other process said when it ends', async () => {
  const broken = join(folder, 'broken.cjs');
  writeFileSync(broken, `console.error('no such module: torch'); process.exit(1);`);
  const engine = await processEngine([process.execPath, broken])(tinySteps, tinyParameters, start);
  await expect(engine.step(emptyBatch(tinySteps), 1, 0.1).result).rejects.toMatchObject({
    code: 'RUNTIME',
    message: expect.stringContaining('no such module: torch'),
  });
  await engine.dispose();
});

it('names a program that does not exist', async () => {
  const engine = await processEngine(['no-such-program'])(tinySteps, tinyParameters, start);
  await expect(engine.vectors()).rejects.toMatchObject({
    code: 'RUNTIME',
    message: expect.stringContaining('no-such-program'),
  });
  await engine.dispose();
});
