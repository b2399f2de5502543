import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFaces } from '../../src/faces/read-faces.js';
import { parseRecord } from '../../src/faces/record.js';
import type { Sample, Samples } from '../../src/sample.js';
import { writeTinyFaces } from '../tiny-faces.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facexformer-eval-'));
  await writeTinyFaces(join(folder, 'faces'), 'holdout');
});
afterAll(() => rm(folder, { recursive: true }));

async function all(samples: Samples): Promise<Sample[]> {
  const list: Sample[] = [];
  for await (const sample of samples) list.push(sample);
  return list;
}

describe('a folder of sets', () => {
  it('reads every set that has the split, without labels.json or pseudo.jsonl', async () => {
    const sets = await readFaces(join(folder, 'faces'), 'holdout');
    expect(sets.map(({ name, count }) => [name, count])).toEqual([
      ['celebamask', 2],
      ['fer2013', 2],
      ['utkface', 2],
    ]);
    const [masks, expressions, people] = await Promise.all(sets.map((set) => all(set.samples())));
    expect(people![1]!.labels).toEqual({ age: 70, gender: 'female', race: 'White' });
    expect(people![0]!.labels.race).toBe('Asian');
    expect(expressions!.map(({ labels }) => labels.expression)).toEqual(['happy', 'anger']);
    const [layer] = masks![0]!.labels.mask!;
    expect(layer!.image).toBeInstanceOf(Uint8Array);
    expect([0, 3, 13, 19].map(layer!.classOf)).toEqual([0, 1, 10, 255]);
    expect(masks![0]!.labels.points).toHaveLength(136);
    expect(masks![1]!.labels.pose).toBeUndefined();
    expect(people![0]!.place!.width).toBeCloseTo(1.504);
  });

  it('says what is missing', async () => {
    await expect(readFaces('/nowhere', 'val')).rejects.toThrow('/nowhere cannot be read');
    await expect(readFaces(join(folder, 'faces'), 'val')).rejects.toThrow('no set with a file val.jsonl');
  });

  it.each([
    [{ image: 'a.png', shard: 'gone.tar' }, 'gone.tar cannot be read', 'NOT_FOUND'],
    [{ image: 'z.png', shard: 'holdout-000.tar' }, 'no member "z.png"', 'NOT_FOUND'],
    [{ image: 'a.png', shard: 'broken.tar.gz' }, 'broken.tar.gz is damaged', 'BAD_OPTION'],
  ])('refuses %j', async (record, message, code) => {
    const copy = await mkdtemp(join(folder, 'copy-'));
    await cp(join(folder, 'faces', 'utkface'), join(copy, 'set'), { recursive: true });
    await writeFile(join(copy, 'set', 'holdout.jsonl'), JSON.stringify(record));
    await writeFile(join(copy, 'set', 'broken.tar.gz'), 'no gzip');
    await mkdir(join(copy, 'empty'));
    const [set] = await readFaces(copy, 'holdout');
    await expect(all(set!.samples())).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });
});

describe('a line', () => {
  const good = { image: 'a.png', shard: 's.tar' };
  it.each([
    ['{"image":', 'broken JSON'],
    ['[1]', 'no JSON object'],
    [JSON.stringify({ shard: 's.tar' }), '"image" must be a file name'],
    [JSON.stringify({ ...good, shard: '../../etc/passwd' }), '"shard" must be a file name'],
    [JSON.stringify({ ...good, points: [1, 2] }), '"points" must be 136 numbers'],
    [JSON.stringify({ ...good, pose: { yaw: 'left' } }), '"pose"'],
    [JSON.stringify({ ...good, gender: 2 }), '"gender" must be 0 or 1, not 2'],
    [JSON.stringify({ ...good, race: 0.5 }), '"race"'],
    [JSON.stringify({ ...good, attributes: new Array(40).fill(2) }), '"attributes"'],
    [JSON.stringify({ ...good, age: -1 }), '"age" must be years'],
  ])('%s is refused', (line, message) => {
    expect(() => parseRecord(line, 'val.jsonl line 3')).toThrow(message);
    expect(() => parseRecord(line, 'val.jsonl line 3')).toThrow('val.jsonl line 3');
  });

  it('keeps what it knows and leaves the rest alone', () => {
    const { labels } = parseRecord(JSON.stringify({ ...good, age: 0, identity: 7, race: null }), 'x');
    expect(labels).toEqual({ age: 0 });
  });
});
