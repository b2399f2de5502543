/** The acceptance path: official weights, converted and run through the command line, give the official numbers. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { bytesSource } from '@facexformer/core';
import { readSafetensorsHeader, writeSafetensors } from '@facexformer/core/formats';
import { maxAbsDiff } from '@facexformer/test-utils/engine';
import { fixtureJson, fixtureTensors } from '@facexformer/test-utils/load';
import { type OfficialTensor, portableSafetensors } from '@facexformer/test-utils/portable-weights';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { main } from '../src/main.js';
import { collect } from './collect.js';

const NAMES = {
  landmarks: ['landmarks', 136],
  headPose: ['headpose', 3],
  attributes: ['attributes', 40],
  visibility: ['visibility', 29],
  age: ['age', 8],
  gender: ['gender', 2],
  race: ['race', 5],
} as const;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facexformer-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('convert and analyze --raw reproduce the official outputs for several images at once', async () => {
  const expected = await fixtureTensors('fixture.safetensors');
  const { plan, read } = portableSafetensors(fixtureJson<OfficialTensor[]>('official-tensors.json'));
  const official = join(folder, 'official.safetensors');
  await pipeline(Readable.from(writeSafetensors(plan, read)), createWriteStream(official));
  for (const name of ['A', 'B']) {
    const raw = { width: 224, height: 224, channels: 3 } as const;
    await sharp(expected(`${name}.image_u8`) as Uint8Array, { raw })
      .png()
      .toFile(join(folder, `${name}.png`));
  }

  const converted = join(folder, 'ours.safetensors');
  const { output, errors } = collect();
  expect(await main(['convert', official, '--out', converted], output), errors.join()).toBe(0);
  const out = join(folder, 'raw.safetensors');
  const photos = ['A', 'B'].map((name) => join(folder, `${name}.png`));
  const args = [
    'analyze',
    ...photos,
    '--no-detect',
    '--checkpoint',
    converted,
    '--raw',
    out,
    '--device',
    'cpu',
    '--workers',
    '0',
  ];
  expect(await main(args, output), errors.join()).toBe(0);

  const bytes = await readFile(out);
  const { tensors } = await readSafetensorsHeader(bytesSource(bytes));
  const values = (name: string): Float32Array => {
    const { offset, byteLength } = tensors.get(name)!;
    return new Float32Array(new Uint8Array(bytes.subarray(offset, offset + byteLength)).buffer);
  };
  for (const [name, [official, width]] of Object.entries(NAMES)) {
    expect(tensors.get(name)!.shape).toEqual([2, width]);
    const joined = [...expected(`A.${official}`), ...expected(`B.${official}`)];
    expect(maxAbsDiff(values(name), joined), name).toBeLessThan(3e-5);
  }
  expect(tensors.get('parsing')!.shape).toEqual([2, 11, 224, 224]);
  const first = values('parsing').subarray(0, 11 * 224 * 224);
  expect(maxAbsDiff(first, expected('A.segmentation'))).toBeLessThan(1e-4);
}, 180_000);
