import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesSource, openCheckpoint } from '@facexformer/core';
import { repositoryUrl } from '@facexformer/test-utils/repository-url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/main.js';
import { collect } from '../collect.js';

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cli-train-'));
  await writeFaces(join(folder, 'faces'));
  const recipe = JSON.parse(readFileSync(repositoryUrl('training/mini.json'), 'utf8'));
  const tiny = {
    ...recipe,
    model: {
      ...recipe.model,
      backbone: { family: 'convnet', stem: 4, widths: [8, 8, 8, 8], depths: [1, 1, 1, 1], expand: 0 },
      decoder: { dim: 16, heads: 2, mlpDim: 16, depth: 1 },
    },
    batch: { celebamask: 2, utkface: 2 },
    phases: [
      { size: 32, until: 0.5 },
      { size: 64, until: 1, augment: 0.5 },
    ],
    length: { steps: 20 },
  };
  writeFileSync(join(folder, 'tiny.json'), JSON.stringify(tiny));
  writeFileSync(join(folder, 'wrong.json'), JSON.stringify({ ...tiny, phases: [{ size: 50, until: 1 }] }));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Two sets in the format of `shared/faces`, three grey pictures each, packed by the system's tar. */
async function writeFaces(faces: string): Promise<void> {
  const classes = { celebamask19_to_parsing11: Array.from({ length: 19 }, (_, i) => i % 11) };
  for (const set of ['celebamask', 'utkface']) {
    const home = join(faces, set);
    mkdirSync(home, { recursive: true });
    for (const split of ['train', 'val']) {
      const records = await Promise.all(
        [0, 1, 2].map(async (i) => {
          const image = `${split}-${i}.webp`;
          const mask = `${split}-${i}.png`;
          const side = { width: 40, height: 40, channels: 3 } as const;
          await sharp({ create: { ...side, background: { r: 60 * i, g: 90, b: 120 } } })
            .webp()
            .toFile(join(home, image));
          await sharp({ create: { ...side, background: { r: i, g: i, b: i } } })
            .toColourspace('b-w')
            .png()
            .toFile(join(home, mask));
          const labels = set === 'celebamask' ? { mask } : { age: 20 + i, gender: i % 2, race: i };
          const box = [8, 8, 32, 32];
          return { image, shard: `${split}-000.tar`, width: 40, height: 40, box, ...labels };
        }),
      );
      const members = records.flatMap(({ image }) => [image, image.replace('.webp', '.png')]);
      execFileSync('tar', ['--format=ustar', '-cf', `${split}-000.tar`, ...members], { cwd: home });
      writeFileSync(join(home, `${split}.jsonl`), records.map((record) => JSON.stringify(record)).join('\n'));
    }
  }
  writeFileSync(join(faces, 'labels.json'), JSON.stringify(classes));
}

const run = async (...args: string[]) => {
  const { output, lines, errors } = collect();
  return { code: await main(['train', ...args], output), lines, errors };
};

describe('facexformer train', () => {
  it('goes from a folder of faces to a checkpoint, through phases of two sizes', async () => {
    const out = join(folder, 'run');
    const { code, lines } = await run(
      join(folder, 'tiny.json'),
      '--faces',
      join(folder, 'faces'),
      '--out',
      out,
      '--threads',
      '1',
    );
    expect(code).toBe(0);
    expect(lines.at(-1)).toBe(join(out, 'model.safetensors'));
    const checkpoint = await openCheckpoint(bytesSource(readFileSync(join(out, 'model.safetensors'))));
    expect(checkpoint.info.model.input).toEqual({ height: 64, width: 64 });
    expect(checkpoint.info.provenance).toMatchObject({ name: 'mini', trained: true });
    const log = readFileSync(join(out, 'log.jsonl'), 'utf8');
    expect(log).toContain('"step":20');
    const curves = readFileSync(join(out, 'curves.svg'), 'utf8');
    expect(curves).toMatch(/loss age: [\d.]+/);
    expect((await sharp(Buffer.from(curves)).metadata()).format).toBe('svg');
  });

  it('destroys no checkpoint that it starts from, and no recipe', async () => {
    const out = join(folder, 'begun');
    mkdirSync(out);
    writeFileSync(join(out, 'model.safetensors'), 'precious');
    const from = join(out, 'model.safetensors');
    const args = ['--faces', join(folder, 'faces'), '--out', out];
    const { code, errors } = await run(join(folder, 'tiny.json'), ...args, '--from', from);
    expect([code, errors.join()]).toEqual([
      1,
      expect.stringMatching(/would overwrite the input.*\(BAD_OPTION\)/),
    ]);
    expect(readFileSync(from, 'utf8')).toBe('precious');
    expect((await run(join(folder, 'none.json'), ...args)).errors.join()).toContain('(NOT_FOUND)');
  });

  it('names what is wrong in a recipe', async () => {
    const { code, errors } = await run(
      join(folder, 'wrong.json'),
      '--faces',
      join(folder, 'faces'),
      '--out',
      join(folder, 'x'),
    );
    expect(code).toBe(1);
    expect(errors.join()).toContain('phases.0.size');
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });
});
