import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAnalyzer, openCheckpoint, type Pixels } from '@facexformer/core';
import { readFaces } from '@facexformer/data';
import { evaluate, figuresOf } from '@facexformer/eval';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';
import { tarOf } from '@facexformer/test-utils/tar-of';
import { parseRecipe, runRecipe } from '@facexformer/train';
import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';

const SIDE = 32;
const folder = mkdtempSync(join(tmpdir(), 'tenth-'));
const runtime = nodeRuntime({ device: 'cpu', threads: 1 });
const tasks = allTasks();
const losses: Readonly<Record<string, number>>[] = [];
let model = '';

const recipe = {
  seed: 1,
  provenance: { name: 'tenth', source: 'grey squares', licence: 'MIT' },
  model: {
    backbone: { family: 'convnet', stem: 4, widths: [8, 8, 8, 8], depths: [1, 1, 1, 1], expand: 0 },
    decoder: { dim: 16, heads: 2, mlpDim: 16, depth: 1 },
    normalization: { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    crop: { margin: 0.25, square: true },
  },
  batch: { squares: 8 },
  losses: { brightness: 1 },
  optimizer: { peak: 0.01, warmUpSteps: 2, weightDecay: 0, clip: 1 },
  phases: [{ size: SIDE, until: 1, augment: 0 }],
  length: { steps: 20 },
};

const square = (grey: number): Pixels => ({
  width: SIDE,
  height: SIDE,
  data: new Uint8Array(SIDE * SIDE * 3).fill(grey),
});

/** Grey squares whose only label is that of the new task. */
async function writeSquares(split: string): Promise<void> {
  const set = join(folder, 'faces/squares');
  mkdirSync(set, { recursive: true });
  const lines: string[] = [];
  const members: [string, Uint8Array][] = [];
  for (let i = 0; i < 16; i += 1) {
    const { data, width, height } = square(i * 16);
    const raw = { width, height, channels: 3 } as const;
    members.push([`${i}.png`, await sharp(data, { raw }).png().toBuffer()]);
    const box = [0, 0, SIDE, SIDE];
    const labels = { brightness: (i * 16) / 255 };
    lines.push(JSON.stringify({ image: `${i}.png`, shard: `${split}.tar`, width, height, box, labels }));
  }
  writeFileSync(join(set, `${split}.jsonl`), `${lines.join('\n')}\n`);
  writeFileSync(join(set, `${split}.tar`), tarOf(Object.fromEntries(members)));
}

beforeAll(async () => {
  await writeSquares('train');
  await writeSquares('val');
  model = await runRecipe(parseRecipe(JSON.stringify(recipe), tasks), {
    runtime,
    faces: join(folder, 'faces'),
    cache: join(folder, 'cache'),
    folder: join(folder, 'run'),
    onProgress: (line) => {
      if ('losses' in line) losses.push(line.losses);
    },
  });
});

const open = async () =>
  createAnalyzer({ runtime, checkpoint: await openCheckpoint(await fileSource(model)), tasks });

it('is trained', () => {
  expect(losses).toHaveLength(2);
  expect(losses[1]!.brightness).toBeLessThan(losses[0]!.brightness!);
});

it('is evaluated, and alone, as the faces have no other label', async () => {
  await using analyzer = await open();
  const [set] = await readFaces(join(folder, 'faces'), 'val');
  const outcomes = await evaluate(set!.samples(), { runtime, analyzer, tasks, vocabularies: {} });
  const figures = figuresOf(outcomes, tasks);
  expect(figures['brightness.n']).toBe(16);
  expect(figures['brightness.mae']).toBeLessThan(0.5);
  expect(figures).not.toHaveProperty(['age.n']);
});

it('is drawn', async () => {
  await using analyzer = await open();
  const faces = await analyzer.analyze(square(128));
  const text = faces[0]!.brightness.level.toFixed(2);
  expect(analyzer.draw(faces)[0]!.shapes).toContainEqual({ kind: 'label', caption: 'light', text });
});

it('is smoothed', async () => {
  await using analyzer = await open();
  const alone = (await analyzer.analyze(square(255)))[0]!.brightness.level;
  const frames = [...Array.from({ length: 20 }, () => square(0)), square(255)];
  const levels: number[] = [];
  for await (const { faces } of analyzer.stream(frames)) levels.push(faces[0]!.brightness.level);
  expect(levels).toHaveLength(21);
  expect(levels.at(-1)).not.toBe(alone); // a jump after twenty still frames is not believed as it is
});
