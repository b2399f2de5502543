import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesSource, saveCheckpoint } from '@facexformer/core';
import { readSafetensorsHeader } from '@facexformer/core/formats';
import { fixturePath } from '@facexformer/test-utils/load';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../src/main.js';
import { collect } from './collect.js';

const PHOTO = fixturePath('astronaut.png');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facexformer-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...args: string[]) {
  const { output, lines, errors } = collect();
  const code = await main(args, output);
  return { code, out: lines.join('\n'), err: errors.join('\n') };
}

describe('usage', () => {
  it.each([
    [[], 2, 'usage: facexformer <photo or folder>'],
    [['--help'], 0, 'analyze'],
    [['analyze', '--help'], 0, 'examples:'],
    [['convert', '-h'], 0, 'example:'],
    [['--version'], 0, '0.'],
  ])('facexformer %j exits with %i', async (args, code, text) => {
    const result = await run(...args);
    expect(result.code).toBe(code);
    expect(result.out).toContain(text);
  });

  it.each([
    [['x'.repeat(5000)], 2, 'xxx…; facexformer --help lists commands'],
    [['dance'], 2, 'there is no command and no photo "dance"'],
    [[PHOTO, '--tasks', 'age,mood'], 1, 'has no task "mood"'],
    [['analyze'], 2, 'give at least one photo'],
    [['analyze', 'a.png', '--frobnicate'], 2, '--frobnicate'],
    [['analyze', 'a.png', '--device', 'tpu'], 2, 'must be one of auto, cpu'],
    [['analyze', 'a.png', '--threads', 'two'], 2, 'whole number'],
    [['analyze', 'a.png', '--workers', '1.5'], 2, 'at least 0'],
    [['convert', 'a', 'b'], 2, 'exactly one checkpoint'],
    [['convert', 'a'], 2, '--out'],
    [['export', '--out', 'x'], 2, '--checkpoint'],
    [['analyze', '/nowhere.png'], 1, '/nowhere.png does not exist (NOT_FOUND)'],
    [['analyze', PHOTO, '--tasks', 'age,mood'], 1, 'has no task "mood"'],
    [['inspect', PHOTO], 1, '(BAD_CHECKPOINT)'],
    [['pull', 'everything'], 1, 'no published model is called "everything"'],
  ])('facexformer %j exits with %i and says why', async (args, code, text) => {
    const result = await run(...args);
    expect(result.err).toContain(text);
    expect(result.code).toBe(code);
  });
});

describe('analyze', () => {
  it('writes JSON and an overlay with the model that ships with the command', async () => {
    const json = join(folder, 'one.json');
    const overlay = join(folder, 'one.png');
    const { code, err } = await run('analyze', PHOTO, '--json', json, '--overlay', overlay);
    expect(code, err).toBe(0);
    expect(err).not.toContain('UNTRAINED');
    const { faces, device, width } = JSON.parse(await readFile(json, 'utf8'));
    expect([width, device, faces.length]).toEqual([512, 'cpu', 1]);
    expect(faces[0].warning).toBeUndefined();
    expect(faces[0].landmarks.points).toHaveLength(68);
    const { x, y, width: size } = faces[0].box; // the face of the portrait, by eye: 170..280 x 65..180
    expect(Math.hypot(x + size / 2 - 225, y + size / 2 - 122)).toBeLessThan(20);
    expect((await sharp(overlay).metadata()).width).toBeGreaterThanOrEqual(512);
  });

  it('finds a face that lies upside down when asked', async () => {
    const turned = join(folder, 'turned.png');
    await sharp(PHOTO).resize(256).rotate(180).toFile(turned);
    const facesOf = async (...args: string[]) =>
      JSON.parse((await run('analyze', turned, '--tasks', 'headPose', ...args)).out).faces;
    expect(await facesOf()).toEqual([]);
    const [face, ...others] = await facesOf('--rotations');
    expect(others).toEqual([]);
    expect(Math.abs(face.headPose.roll)).toBeGreaterThan(150);
    expect(Math.abs(face.crop.roll)).toBeGreaterThan(150);
  });

  it('says loudly that weights are untrained, where they are', async () => {
    const path = join(folder, 'untrained.safetensors');
    const { info, tensors, read } = untrainedCheckpoint();
    await writeFile(path, saveCheckpoint(info, { tensors, read }));
    const { code, out, err } = await run('analyze', PHOTO, '--checkpoint', path);
    expect(code, err).toBe(0);
    expect(err).toContain('UNTRAINED WEIGHTS');
    expect(JSON.parse(out).faces[0].warning).toContain('UNTRAINED');
  });

  it('takes a folder, gives one overlay each, and an empty list where there is no face', async () => {
    const photos = join(folder, 'photos');
    await run('analyze', PHOTO, '--json', join(photos, 'x.json')); // makes the folder
    const grey = { create: { width: 64, height: 64, channels: 3, background: '#777' } } as const;
    await sharp(grey).png().toFile(join(photos, 'grey.png'));
    await writeFile(join(photos, 'b.png'), await readFile(PHOTO));
    const overlays = join(folder, 'overlays');
    const { code, out, err } = await run(
      'analyze',
      photos,
      '--workers',
      '0',
      '--tasks',
      'age',
      '--overlay',
      overlays,
    );
    expect(code, err).toBe(0);
    const report = out.split('\n').map((line) => JSON.parse(line));
    expect(report.map(({ faces }) => faces.length)).toEqual([1, 0]);
    expect(Object.keys(report[0].faces[0])).not.toContain('gender');
    expect((await sharp(join(overlays, 'grey.png')).metadata()).format).toBe('png');
  });

  it.each(['/proc/nope/x.json', '/dev/null/x.json'])(
    'fails, and does not hang, when %s cannot be written',
    async (path) => {
      const { code, err } = await run('analyze', PHOTO, '--json', path);
      expect(code).toBe(1);
      expect(err).toContain(`${path} cannot be written`);
    },
  );

  it('skips a broken picture of several, keeps the rest, and fails', async () => {
    const photos = join(folder, 'mixed');
    const bytes = await readFile(PHOTO);
    await mkdir(join(photos, 'again'), { recursive: true });
    await writeFile(join(photos, 'a.png'), bytes.subarray(0, 20_000));
    await writeFile(join(photos, 'b.png'), bytes);
    await writeFile(join(photos, 'again', 'b.png'), bytes);
    const overlays = join(folder, 'mixed-overlays');
    const args = [photos, join(photos, 'again'), '--workers', '0', '--tasks', 'age', '--overlay', overlays];
    const { code, out, err } = await run('analyze', ...args);
    expect(code).toBe(1);
    expect(err).toContain('1 of 4 photos were skipped');
    const report = out.split('\n').map((line) => JSON.parse(line));
    expect(report.map(({ faces, error }) => faces?.length ?? error.code)).toEqual(['BAD_IMAGE', 1, 1, 1]);
    expect((await readdir(overlays)).sort()).toEqual(['b-2.png', 'b-3.png', 'b.png']);
  });

  it('refuses an overlay that is no PNG, and one file for several photos', async () => {
    expect((await run('analyze', PHOTO, '--overlay', 'x.jpg')).code).toBe(2);
    expect((await run('analyze', PHOTO, PHOTO, '--overlay', 'x.png')).code).toBe(2);
  });

  it('gives raw tensors of no rows where there is no face', async () => {
    const grey = join(folder, 'grey.png');
    await sharp({ create: { width: 64, height: 64, channels: 3, background: '#777' } })
      .png()
      .toFile(grey);
    const raw = join(folder, 'none.safetensors');
    expect((await run('analyze', grey, '--tasks', 'landmarks,gender', '--raw', raw)).code).toBe(0);
    const { tensors } = await readSafetensorsHeader(bytesSource(await readFile(raw)));
    expect([...tensors].map(([name, { shape }]) => [name, shape])).toEqual([
      ['landmarks', [0, 136]],
      ['gender', [0, 2]],
    ]);
  });

  it('names the file of a picture that is broken', async () => {
    const broken = join(folder, 'broken.png');
    await writeFile(broken, (await readFile(PHOTO)).subarray(0, 20_000));
    const { code, err } = await run('analyze', broken);
    expect(code).toBe(1);
    expect(err).toContain('broken.png');
    expect(err).toContain('(BAD_IMAGE)');
  });
});
