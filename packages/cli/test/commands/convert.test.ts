import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveCheckpoint } from '@facexformer/core';
import { writeFile } from '@facexformer/files';
import { fixtureJson, portableBytes } from '@facexformer/test-utils/load';
import type { OfficialTensor } from '@facexformer/test-utils/portable-weights';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { main } from '../../src/main.js';
import { openFile } from '../../src/models/open-model.js';
import { collect } from '../collect.js';

let folder: string;
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convert-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function convert(from: string, to: string, precision: string) {
  const { output, errors } = collect();
  const code = await main(['convert', at(from), '--out', at(to), '--precision', precision], output);
  return { code, err: errors.join('\n') };
}

it('stores a model in less space', async () => {
  const { state_dict: tiny } = fixtureJson<{ readonly state_dict: readonly OfficialTensor[] }>('tiny.json');
  await writeFile(at('official'), await portableBytes(tiny));
  const sizes: number[] = [];
  for (const precision of ['fp32', 'fp16', 'int8']) {
    expect(await convert('official', precision, precision)).toMatchObject({ code: 0 });
    sizes.push((await stat(at(precision))).size);
  }
  const [whole, half, eighth] = sizes as [number, number, number];
  expect(half / whole).toBeLessThan(0.52);
  expect(eighth / whole).toBeLessThan(0.5); // the least of its layers are wide
  expect(await convert('official', 'x', 'int4')).toMatchObject({
    code: 2,
    err: expect.stringContaining('must be one of fp32, fp16, int8'),
  });
});

it('says which model a copy was made of, also of a copy', async () => {
  const { info, ...tensors } = untrainedCheckpoint();
  await writeFile(at('model'), saveCheckpoint(info, tensors));
  await convert('model', 'first', 'fp16');
  await convert('first', 'second', 'int8');
  const [model, first, second] = await Promise.all(
    ['model', 'first', 'second'].map(async (name) => (await openFile(at(name))).info),
  );
  expect(first!.contentHash).not.toBe(model!.contentHash);
  expect(first!.convertedFrom).toBe(model!.contentHash);
  expect(second!.convertedFrom).toBe(model!.contentHash);
});
