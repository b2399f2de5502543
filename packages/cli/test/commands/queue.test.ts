import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFace, saveCheckpoint } from '@facexformer/core';
import { writeFile } from '@facexformer/files';
import { allTasks } from '@facexformer/tasks';
import { fixturePath } from '@facexformer/test-utils/load';
import { hasRedis, useRedis } from '@facexformer/test-utils/redis';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../src/main.js';
import { collect } from '../collect.js';

const redis = useRedis();
let folder: string;
const at = (name: string): string => join(folder, name);

/** Two photos and a broken one, a small network of random weights, and a sink. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'queue-'));
  mkdirSync(at('in/deep'), { recursive: true });
  writeFileSync(at('in/a.png'), 'broken');
  copyFileSync(fixturePath('astronaut.png'), at('in/b.png'));
  copyFileSync(fixturePath('astronaut.png'), at('in/deep/c.png'));
  const { info, tensors, read } = untrainedCheckpoint();
  await writeFile(at('model'), saveCheckpoint(info, { tensors, read }));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]) {
  const { output, lines: out, errors } = collect();
  const code = await main(args, output);
  return { code, out, err: errors.join('\n') };
}
const queue = (...args: string[]) => run(...args, '--redis', redis.address);
const work = (...args: string[]) => {
  const model = [
    '--no-detect',
    '--checkpoint',
    at('model'),
    '--tasks',
    'age',
    '--device',
    'cpu',
    '--workers',
    '0',
  ];
  return queue('work', ...model, '--until-done', ...args);
};

it.each([
  [['enqueue'], 'give at least one photo'],
  [['enqueue', '-'], '--list -'],
  [['work'], '--out or --sink'],
  [['work', '--out', 'a', '--sink', 'b'], '--out or --sink'],
  [['work', 'a.jpg', '--out', 'a'], 'add them with enqueue'],
  [['work', '--out', 'a', '--lease', '0'], '--lease'],
  [['queue'], 'say status'],
  [['queue', 'merge', 'in'], '--out'],
  [['queue', 'status', '--out', 'a'], '--out'],
  [['queue', 'toString'], 'say status'],
])('%j is wrong usage', async (args, message) => {
  expect(await run(...args)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
});

describe.skipIf(!hasRedis)('photos of a queue', () => {
  afterEach(() => queue('queue', 'clear'));

  it('are analysed, wherever they are named, and the broken one is kept apart', async () => {
    writeFileSync(at('list'), `${at('in/b.png')}\n{"photo":${JSON.stringify(at('in/b.png'))},"id":7}\n`);
    const added = await queue('enqueue', at('in'), join(folder, 'in/**/*.png'), '--list', at('list'));
    expect(added).toMatchObject({
      code: 0,
      err: '4 photos added to the queue "photos"; 4 were there already',
    });

    const worked = await work('--out', at('out'));
    expect(worked.err).toContain('a.png: in the dead-letter list');
    expect(worked).toMatchObject({
      code: 1,
      err: expect.stringContaining('1 photo is in the dead-letter list'),
    });
    const status = await queue('queue', 'status', '--watch');
    expect(status.out).toEqual(['{"waiting":0,"active":0,"delayed":0,"done":3,"dead":1}']);

    const merged = await queue('queue', 'merge', at('out'), '--out', at('all.jsonl'));
    expect(merged).toMatchObject({ code: 0, err: expect.stringContaining('3 photos; 0 results') });
    const lines = readFileSync(at('all.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ photo, id, width }) => [photo.slice(folder.length + 4), id, width]).sort()).toEqual([
      ['b.png', undefined, 512],
      ['b.png', 7, 512],
      ['deep/c.png', undefined, 512],
    ]);
    expect(readFace(lines[0].faces[0], allTasks()).age.years).toBeTypeOf('number');

    const dead = await queue('queue', 'dead');
    expect(dead.out.map((line) => JSON.parse(line))).toMatchObject([
      { photo: at('in/a.png'), error: { code: 'BAD_IMAGE' } },
    ]);
    copyFileSync(fixturePath('astronaut.png'), at('in/a.png'));
    expect((await queue('queue', 'retry')).out).toEqual(['{"retried":1}']);
    expect(await work('--out', at('out'))).toMatchObject({
      code: 0,
      err: expect.stringContaining('1 photos done'),
    });
  });

  it('go to a sink of the user, and workers with another model are refused', async () => {
    writeFileSync(
      at('sink.mjs'),
      `import { appendFileSync } from 'node:fs';
      const say = (line) => appendFileSync(${JSON.stringify(at('said'))}, line + '\\n');
      export const write = ({ photo, faces }) => say(photo + ' ' + faces.length);
      export const close = () => say('closed');`,
    );
    await queue('enqueue', at('in/b.png'));
    expect(await work('--sink', at('sink.mjs'))).toMatchObject({ code: 0 });
    expect(readFileSync(at('said'), 'utf8')).toBe(`${at('in/b.png')} 1\nclosed\n`);
    const other = await work('--out', at('out'), '--precision', 'int8');
    expect(other).toMatchObject({ code: 1, err: expect.stringContaining('begun with another precision') });
    writeFileSync(at('other.mjs'), 'export const other = 1;');
    expect(await work('--sink', at('other.mjs'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('"write"'),
    });
  });
});
