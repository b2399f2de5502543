import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTinyFaces } from '@facexformer/test-utils/tiny-faces';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFaces, readSet } from '../../src/faces/read-faces.js';
import { all } from '../all.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facexformer-eval-'));
  await writeTinyFaces(join(folder, 'faces'), 'holdout');
});
afterAll(() => rm(folder, { recursive: true }));

describe('a folder of sets', () => {
  it('reads every set that has the split, without labels.json or pseudo.jsonl', async () => {
    const sets = await readFaces(join(folder, 'faces'), 'holdout');
    expect(sets.map(({ name, count }) => [name, count])).toEqual([
      ['celebamask', 2],
      ['ferplus', 2],
      ['utkface', 2],
    ]);
    const [masks, expressions, people] = await Promise.all(sets.map((set) => all(set.samples())));
    expect(people![1]!.labels).toEqual({ age: 70, gender: 'female', race: 'White' });
    expect(people![0]!.labels.race).toBe('Asian');
    expect(expressions!.map(({ labels }) => labels.expression)).toEqual(['happy', 'anger']);
    const [layer] = masks![0]!.masks!.parsing!;
    expect(layer!.image).toBeInstanceOf(Uint8Array);
    expect([0, 3, 13, 19].map(layer!.classOf)).toEqual([0, 1, 10, 255]);
    expect(masks![0]!.labels.landmarks).toHaveLength(136);
    expect(masks![1]!.labels.headPose).toBeUndefined();
    expect(people![0]!.place!.width).toBeCloseTo(1.504);
  });

  it('adds what the set does not say itself, only when asked to', async () => {
    const faces = await mkdtemp(join(folder, 'inferred-'));
    await cp(join(folder, 'faces', 'utkface'), join(faces, 'set'), { recursive: true });
    const shard = { shard: 'holdout-000.tar' };
    const own = new Array(136).fill(1);
    const lines = [
      { image: 'a.png', ...shard, attributes: new Array(40).fill(0) },
      { image: 'b.png', ...shard, points: own, gender: 0 },
    ];
    await writeFile(join(faces, 'set', 'train.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
    const points = lines.map(({ image }) => JSON.stringify({ image, points: new Array(136).fill(2) }));
    await writeFile(join(faces, 'set', 'points.jsonl'), points.join('\n'));
    const [plain] = await all((await readSet(faces, 'set', 'train'))!.samples());
    expect(Object.keys(plain!.labels)).toEqual(['attributes']);
    expect(plain!.groups).toEqual({ gender: 'female', young: 'not young' });
    const [first, second] = await all((await readSet(faces, 'set', 'train', { inferred: true }))!.samples());
    expect(first!.labels).toMatchObject({ gender: 'female', landmarks: new Array(136).fill(2) });
    expect(first!.weights).toEqual({ landmarks: 0.4 });
    expect(second!.labels).toEqual({ gender: 'male', landmarks: own });
    expect(second!.weights).toEqual({});
    expect(await readSet(faces, 'set', 'val')).toBeUndefined();
  });

  it('judges people by their identities, and learns them from a teacher', async () => {
    const faces = await mkdtemp(join(folder, 'people-'));
    await cp(join(folder, 'faces', 'utkface'), join(faces, 'set'), { recursive: true });
    await writeFile(
      join(faces, 'set', 'val.jsonl'),
      JSON.stringify({ image: 'a.png', shard: 'holdout-000.tar', identity: 9 }),
    );
    const vector = new Array(128).fill(0.1);
    await writeFile(
      join(faces, 'set', 'faceres.jsonl'),
      JSON.stringify({ image: 'a.png', identity: vector }),
    );
    const label = async (inferred: boolean) => {
      const [sample] = await all((await readSet(faces, 'set', 'val', { inferred }))!.samples());
      return sample!.labels.recognition;
    };
    expect(await label(false)).toEqual({ who: '9' });
    expect(await label(true)).toEqual({ vector });
  });

  it('learns from votes, and judges by the majority', async () => {
    const faces = await mkdtemp(join(folder, 'votes-'));
    await cp(join(folder, 'faces', 'utkface'), join(faces, 'set'), { recursive: true });
    const lines = [
      { image: 'a.png', shard: 'holdout-000.tar', votes: [2, 6, 1, 0, 0, 0, 0], expression: 1 },
      { image: 'b.png', shard: 'holdout-000.tar', votes: [2, 1, 1, 0, 0, 0, 2] },
    ];
    await writeFile(join(faces, 'set', 'val.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
    const labels = async (inferred: boolean) => {
      const samples = await all((await readSet(faces, 'set', 'val', { inferred }))!.samples());
      return samples.map((sample) => sample.labels.expression);
    };
    expect(await labels(false)).toEqual(['happy', undefined]);
    expect(await labels(true)).toEqual([{ neutral: 0.25, happy: 0.75 }, undefined]);
  });

  it('says what is missing', async () => {
    await expect(readFaces('/nowhere', 'val')).rejects.toThrow('/nowhere cannot be read');
    await expect(readFaces(join(folder, 'faces'), 'val')).rejects.toThrow('no set with a file val.jsonl');
  });

  it.each([
    [{ image: 'a.png', shard: 'gone.tar' }, 'gone.tar cannot be read', 'NOT_FOUND'],
    [{ image: 'z.png', shard: 'holdout-000.tar' }, 'no member "z.png"', 'NOT_FOUND'],
    [{ image: 'a.png', shard: 'broken.tar.gz' }, 'broken.tar.gz: it is damaged', 'BAD_OPTION'],
    [{ image: 'a.png', shard: 'endless.tar' }, 'endless.tar is not a file', 'NOT_FOUND'],
  ])('refuses %j', async (record, message, code) => {
    const copy = await mkdtemp(join(folder, 'copy-'));
    await cp(join(folder, 'faces', 'utkface'), join(copy, 'set'), { recursive: true });
    await writeFile(join(copy, 'set', 'holdout.jsonl'), JSON.stringify(record));
    await writeFile(join(copy, 'set', 'broken.tar.gz'), 'no gzip');
    await symlink('/dev/zero', join(copy, 'set', 'endless.tar'));
    await mkdir(join(copy, 'empty'));
    const [set] = await readFaces(copy, 'holdout');
    await expect(all(set!.samples())).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });
});
