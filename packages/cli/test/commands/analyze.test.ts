import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFace, saveCheckpoint } from '@facexformer/core';
import { lockFile, writeFile } from '@facexformer/files';
import { allTasks } from '@facexformer/tasks';
import { fixturePath } from '@facexformer/test-utils/load';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { main } from '../../src/main.js';
import { collect } from '../collect.js';

let folder: string;
const at = (name: string): string => join(folder, name);

/** Two photos, a broken one, and a link that leads nowhere; one photo lies deeper. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'analyze-'));
  mkdirSync(at('in/deep'), { recursive: true });
  writeFileSync(at('in/a.png'), 'broken');
  copyFileSync(fixturePath('astronaut.png'), at('in/b.png'));
  symlinkSync('nowhere', at('in/c.png'));
  copyFileSync(fixturePath('astronaut.png'), at('in/deep/d.png'));
  await writeModel('model');
});
afterEach(() => rmSync(folder, { recursive: true }));

const lines = () =>
  readFileSync(at('out.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const summary = () =>
  lines().map(({ photo, faces, error }) => [photo.slice(folder.length + 4), faces?.length ?? error.code]);

/** A small network of random weights, or of none. */
async function writeModel(name: string, change = (values: Float32Array) => values): Promise<void> {
  const { info, tensors, read } = untrainedCheckpoint();
  const content = saveCheckpoint(info, { tensors, read: async (tensor) => change(await read(tensor)) });
  await writeFile(at(name), content);
}

async function run(...args: string[]) {
  const { output, lines: out, errors } = collect();
  const code = await main(
    ['analyze', '--workers', '0', '--no-detect', '--checkpoint', at('model'), '--tasks', 'age', ...args],
    output,
  );
  return { code, out, err: errors.join('\n') };
}

const EVERY = [
  ['a.png', 'BAD_IMAGE'],
  ['b.png', 1],
  ['c.png', 'NOT_FOUND'],
  ['deep/d.png', 1],
];

it('gives every photo of a folder a line, whatever is wrong with the others', async () => {
  const { code, err } = await run(at('in'), '--out', at('out.jsonl'));
  expect(err).toContain('2 of 4 photos were skipped: their lines say why (BAD_IMAGE)');
  expect([code, summary()]).toEqual([1, EVERY]);
  expect(readFace(lines()[1].faces[0], allTasks())).toMatchObject({ score: 1, age: expect.anything() });
});

it('says of a HEIC picture in a folder what to do with it', async () => {
  mkdirSync(at('phone'));
  writeFileSync(at('phone/1.heic'), Buffer.from('\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'latin1'));
  const { code, err } = await run(at('phone'), '--out', at('out.jsonl'));
  expect([code, lines()[0].error.code]).toEqual([1, 'UNSUPPORTED']);
  expect(err).toContain('convert it to JPEG');
});

it('goes on after the last whole line of a run that was killed', async () => {
  await run(at('in'), '--out', at('out.jsonl'));
  const whole = readFileSync(at('out.jsonl'), 'utf8');
  writeFileSync(at('out.jsonl'), whole.slice(0, whole.indexOf('"photo"', whole.indexOf('c.png')) - 20));
  const { code, err } = await run(at('in'), '--out', at('out.jsonl'), '--resume');
  expect(err).not.toContain('a.png');
  expect(err).toContain('2 of 4 photos were skipped'); // the one of the first run counts
  expect([code, summary()]).toEqual([1, EVERY]);
  expect(readFileSync(at('out.jsonl'), 'utf8')).toBe(whole);
});

it('gives a photo that is listed twice two lines, over any number of runs', async () => {
  const photo = at('in/b.png');
  writeFileSync(at('list'), `${photo}\n${photo}\n`);
  expect((await run(photo, '--out', at('out.jsonl'))).code).toBe(0);
  expect((await run('--list', at('list'), '--out', at('out.jsonl'), '--resume')).code).toBe(0);
  expect(summary()).toEqual([
    ['b.png', 1],
    ['b.png', 1],
  ]);
});

it('touches no results with other options, without --resume, or of another process', async () => {
  const photo = at('in/b.png');
  const args = [photo, '--out', at('out.jsonl')];
  expect((await run(...args)).code).toBe(0);
  const before = readFileSync(at('out.jsonl'), 'utf8');
  const said = async (...more: string[]) => (await run(...args, ...more)).err.split('\n').at(-1);
  expect(await said()).toMatch(/holds results: go on with --resume.*\(BAD_OPTION\)/);
  expect(await said('--resume', '--precision', 'int8')).toMatch(
    /begun with another precision.*\(BAD_OPTION\)/,
  );
  await using _ = await lockFile(at('out.jsonl'));
  expect(await said('--resume')).toContain('(LOCKED)');
  for (const damaged of ['{"precision":', 'null', '[]']) {
    writeFileSync(at('out.jsonl.options.json'), damaged);
    expect(await said('--resume')).toContain('(BAD_OPTION)');
  }
  writeFileSync(at('out.jsonl'), 'notes\nof mine');
  rmSync(at('out.jsonl.options.json'));
  expect(await said('--resume')).toContain('(BAD_OPTION)');
  expect(readFileSync(at('out.jsonl'), 'utf8')).toBe('notes\nof mine');
  expect(before).toContain('"photo"');
});

it.each([
  ['in/*.png', ['a.png', 'b.png', 'c.png']],
  ['in/**/?.png', ['a.png', 'b.png', 'c.png', 'deep/d.png']],
  ['i*/deep/*', ['deep/d.png']],
])('finds the photos of %s', async (pattern, photos) => {
  await run(at(pattern), '--out', at('out.jsonl'));
  expect(summary().map(([photo]) => photo)).toEqual(photos);
});

it('fails when no task gave a result on any face, and says why', async () => {
  await writeModel('model', (values) => values.fill(Number.NaN));
  const { code, err } = await run(at('in/b.png'));
  expect(err).toMatch(/task "age" failed on 1 of 1 faces: .*NaN/);
  expect(err).toContain('(TASK_FAILED)');
  expect(code).toBe(1);
});

it.each([
  [['--resume'], '--out'],
  [['--json', 'x.json'], '--out FILE.jsonl'],
  [['--out', 'x.jsonl', '--resume', '--raw', 'x'], 'without --resume'],
])('refuses %j for a folder', async (words, text) => {
  const { code, err } = await run(at('in'), ...words);
  expect([code, err]).toEqual([2, expect.stringContaining(text)]);
});

it('says before the work that results cannot be written', async () => {
  writeFileSync(at('file'), '');
  const { code, err } = await run(at('in'), '--out', at('file/out.jsonl'));
  expect([code, err]).toEqual([1, expect.stringContaining('(WRITE_FAILED)')]);
});
