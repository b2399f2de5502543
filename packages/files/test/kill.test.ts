import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { appendLines } from '../src/append-lines.js';
import { probeOutput } from '../src/check-outputs.js';
import { startProgram, useProgram } from './child.js';
import { useFolder } from './folder.js';

const at = useFolder();
useProgram();

it.each([0, 1, 2, 3])(
  'kill -9 at chunk %i leaves the old file, and the next run nothing else',
  async (chunk) => {
    writeFileSync(at('file'), 'old');
    const child = startProgram(['write', at('file'), '4']);
    for (let i = 0; i < chunk; i += 1) {
      expect(await child.next()).toBe(`chunk ${i}`);
      child.go();
    }
    expect(await child.next()).toBe(`chunk ${chunk}`);
    expect(at.names()).toHaveLength(2);
    await child.kill();
    expect(readFileSync(at('file'), 'utf8')).toBe('old');
    await probeOutput(at('file'));
    expect(at.names()).toEqual(['file']);
  },
);

it('leaves what a living process writes', async () => {
  const child = startProgram(['write', at('file'), '1']);
  await child.next();
  await probeOutput(at('file'));
  expect(at.names()).toHaveLength(1);
  child.go();
  expect(await child.next()).toBe('done');
  expect(at.names()).toEqual(['file']);
});

it('two processes write one file at once, and one of the two stands in the end', async () => {
  const children = [3, 3].map((chunks) => startProgram(['write', at('file'), String(chunks)]));
  for (let i = 0; i < 3; i += 1) {
    for (const child of children) {
      expect(await child.next()).toBe(`chunk ${i}`);
      child.go();
    }
  }
  for (const child of children) expect(await child.next()).toBe('done');
  expect(readFileSync(at('file'), 'utf8').length).toBe(30_000);
  expect(at.names()).toEqual(['file']);
});

it.each([1, 4])('kill -9 after line %i keeps all lines, and the next run goes on', async (count) => {
  const child = startProgram(['append', at('lines'), '10']);
  for (let i = 0; i < count; i += 1) {
    await child.next();
    child.go();
  }
  await child.next(); // said before the next line, hence after the last one was written
  await child.kill();
  await using lines = await appendLines(at('lines'));
  await lines.append('last');
  const numbers = Array.from({ length: count }, (_, i) => `{"i":${i}}\n`);
  expect(readFileSync(at('lines'), 'utf8')).toBe(`${numbers.join('')}"last"\n`);
});
