import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { MaskLabel } from '@facexformer/core';
import { nodeRuntime } from '@facexformer/runtime-node';
import { grey, plain } from '@facexformer/test-utils/tiny-faces';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CELEBA_ATTRIBUTES } from '../../src/conventions/celeba-attributes.js';
import type { PoseAngles } from '../../src/conventions/pose.js';
import { LAYOUTS } from '../../src/layouts/layouts.js';
import { readPoints } from '../../src/layouts/w300.js';
import { decodeLabels } from '../../src/sample/decode.js';
import type { Sample } from '../../src/sample/sample.js';
import { all } from '../all.js';

let folder: string;
let photo: Buffer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facexformer-layouts-'));
  photo = await plain(8, 8, '#987');
});
afterAll(() => rm(folder, { recursive: true }));

async function write(set: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, set, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return join(folder, set);
}

const runtime = nodeRuntime();
const maskClasses = async (sample: Sample): Promise<readonly number[]> => {
  const { parsing } = await decodeLabels(sample, runtime);
  return [...(parsing as MaskLabel).data];
};
const listOf = (label: unknown): readonly number[] => label as readonly number[];

it('CelebAMask-HQ: parts in the order of its own script, splits by CelebA', async () => {
  const parts = 'CelebAMask-HQ-mask-anno/1';
  const root = await write('celebamask', {
    'CelebA-HQ-to-CelebA-mapping.txt': 'idx orig_idx orig_file\n2000 7 000008.jpg\n2001 8 000009.jpg\n',
    'list_eval_partition.txt': '000008.jpg 2\n000009.jpg 0\n',
    'CelebA-HQ-img/2000.jpg': photo,
    [`${parts}/02000_skin.png`]: await grey(2, 2, [255, 255, 255, 0]),
    [`${parts}/02000_l_eye.png`]: await grey(2, 2, [0, 255, 0, 0]),
    [`${parts}/02000_hair.png`]: await grey(2, 2, [0, 0, 255, 255]),
    [`${parts}/02000_cloth.png`]: await grey(2, 2, [0, 0, 0, 255]),
  });
  const samples = await all(LAYOUTS['celebamask-hq'](root));
  expect(samples.map(({ name }) => name)).toEqual(['2000.jpg']);
  // skin; l_eye, the person's left, is the eye at image-right; hair over skin; cloth over hair is background
  expect(await maskClasses(samples[0]!)).toEqual([1, 5, 10, 0]);
});

it('LaPa: label values are our classes', async () => {
  const root = await write('lapa', {
    'test/images/a.jpg': photo,
    'test/labels/a.png': await grey(2, 2, [0, 5, 10, 11]),
    'train/images/b.jpg': photo,
  });
  const samples = await all(LAYOUTS.lapa(root));
  expect(samples.map(({ name }) => name)).toEqual(['a.jpg']);
  expect(await maskClasses(samples[0]!)).toEqual([0, 5, 10, 255]);
});

describe('300W', () => {
  const pts = (count: number) =>
    `version: 1\nn_points:  ${count}\n{\n${Array.from({ length: count }, (_, i) => `${i + 1}.5 ${2 * i + 1}`).join('\n')}\n}\n`;

  it('counts points from 0, and knows the subsets', async () => {
    const root = await write('300w', {
      'helen/testset/1.jpg': photo,
      'helen/testset/1.pts': pts(68),
      'lfpw/testset/image_1.png': photo,
      'lfpw/testset/image_1.pts': pts(68),
      'ibug/x 1.jpg': photo,
      'ibug/x 1.pts': pts(68),
    });
    const [first] = await all(LAYOUTS['300w'](root, 'common'));
    expect(listOf(first!.labels.landmarks).slice(0, 4)).toEqual([0.5, 0, 1.5, 2]);
    expect(await all(LAYOUTS['300w'](root))).toHaveLength(3);
    expect(await all(LAYOUTS['300w'](root, 'challenge'))).toHaveLength(1);
    await expect(all(LAYOUTS['300w'](root, 'val'))).rejects.toThrow('full, common and challenge');
  });

  it('refuses other numbers of points', async () => {
    const root = await write('pts', { 'a.pts': pts(5), 'b.pts': 'no points' });
    await expect(readPoints(join(root, 'a.pts'))).rejects.toThrow('5 points, not 68');
    await expect(readPoints(join(root, 'b.pts'))).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });
});

it('BIWI: angles of the transposed matrix, in the convention of 300W-LP', async () => {
  // pitch 10, yaw -20, roll 5 degrees (formulas.py)
  const matrix = '0.936117 -0.081900 -0.342020 \n0.144997 0.975884 0.163176 \n0.320408 -0.202344 0.925417';
  const root = await write('biwi', {
    '01/frame_00003_rgb.png': photo,
    '01/frame_00003_pose.txt': `${matrix} \n\n100.1 20 900\n`,
    '01/frame_00003_depth.bin': '',
    'readme.txt': '',
  });
  const [sample] = await all(LAYOUTS.biwi(root));
  expect(sample!.name).toBe('01/frame_00003_rgb.png');
  const headPose = sample!.labels.headPose as PoseAngles;
  expect(headPose.pitch).toBeCloseTo(10, 3);
  expect(headPose.yaw).toBeCloseTo(-20, 3);
  expect(headPose.roll).toBeCloseTo(5, 3);
});

it('CelebA: both places of its files, attributes by name', async () => {
  const reversed = CELEBA_ATTRIBUTES.toReversed();
  const row = (name: string, positive: string) =>
    `${name}  ${reversed.map((label) => (label === positive ? ' 1' : '-1')).join(' ')}`;
  const list = `2\n${reversed.join(' ')} \n${row('000001.jpg', 'Young')}\n${row('000002.jpg', 'Male')}\n`;
  const partition = '000001.jpg 0\n000002.jpg 2\n';
  for (const files of [
    {
      'list_attr_celeba.txt': list,
      'list_eval_partition.txt': partition,
      'img_align_celeba/000002.jpg': photo,
    },
    {
      'Anno/list_attr_celeba.txt': list,
      'Eval/list_eval_partition.txt': partition,
      'Img/img_align_celeba/000002.jpg': photo,
    },
  ]) {
    const root = await write(`celeba-${Object.keys(files)[0]!.split('/')[0]}`, files);
    const samples = await all(LAYOUTS.celeba(root));
    expect(samples.map(({ name }) => name)).toEqual(['000002.jpg']);
    expect(samples[0]!.groups).toEqual({ gender: 'male', young: 'not young' });
    expect(listOf(samples[0]!.labels.attributes).indexOf(1)).toBe(CELEBA_ATTRIBUTES.indexOf('Male'));
    await runtime.decode(samples[0]!.image);
    await expect(all(LAYOUTS.celeba(root, 'holdout'))).rejects.toThrow('train, val and test');
  }
});

it('LFWA: the exported table, rows of the split from 1', async () => {
  const head = CELEBA_ATTRIBUTES.map((label) => label.replaceAll('_', ' ')).join(',');
  const row = (name: string, value: number) => `${name},${CELEBA_ATTRIBUTES.map(() => value).join(',')}`;
  const root = await write('lfwa', {
    'lfw_att_40.csv': `name,${head}\n${row('A\\A_0001.jpg', 0)}\n${row('B\\B_0001.jpg', 1)}\n`,
    'indices_img_test.txt': '2\n',
    'lfw/B/B_0001.jpg': photo,
  });
  const samples = await all(LAYOUTS.lfwa(root));
  expect(samples.map(({ name }) => name)).toEqual(['B/B_0001.jpg']);
  expect(samples[0]!.labels.attributes).toEqual(new Array(40).fill(1));
  await runtime.decode(samples[0]!.image);
  await write('lfwa', { 'indices_img_test.txt': '3\n' });
  await expect(all(LAYOUTS.lfwa(root))).rejects.toThrow('indices_img_test.txt line 1');
});

it('UTKFace: labels are in the names, incomplete ones are left out', async () => {
  const root = await write('utkface', {
    '100_1_0_20170112213500903.jpg.chip.jpg': photo,
    '26_0_2_20170116184024662.jpg': photo,
    '39_1_20170116174525125.jpg.chip.jpg': photo,
    'readme.txt': '',
  });
  expect((await all(LAYOUTS.utkface(root))).map(({ labels }) => labels)).toEqual([
    { age: 100, gender: 'female', race: 'White' },
    { age: 26, gender: 'male', race: 'Asian' },
  ]);
});

it('FairFace: ranges of age, seven groups among five', async () => {
  const csv =
    'file,age,gender,race,service_test\nval/1.jpg,3-9,Male,East Asian,False\n' +
    'val/2.jpg,more than 70,Female,Latino_Hispanic,True\n';
  const root = await write('fairface', { 'fairface_label_val.csv': csv });
  expect((await all(LAYOUTS.fairface(root))).map(({ labels }) => labels)).toEqual([
    { age: { from: 3, to: 9 }, gender: 'male', race: 'Asian' },
    { age: { from: 70, to: Number.POSITIVE_INFINITY }, gender: 'female', race: 'Others' },
  ]);
  await write('fairface', { 'fairface_label_train.csv': csv.replace('Male', '?') });
  await expect(all(LAYOUTS.fairface(root, 'train'))).rejects.toThrow('line 2: the gender must be');
});

it('RAF-DB: labels 1 to 7, aligned pictures', async () => {
  const root = await write('raf', {
    'EmoLabel/list_patition_label.txt': 'train_00001.jpg 5\ntest_0001.jpg 7\ntest_0002.jpg 1\n',
  });
  const samples = await all(LAYOUTS['raf-db'](root));
  expect(samples.map(({ labels }) => labels.expression)).toEqual(['neutral', 'surprise']);
  expect(samples[0]!.image).toBe(join(root, 'Image/aligned/test_0001_aligned.jpg'));
});

it('COFW: the exported matrix, hidden points are the last third', async () => {
  const line = [...new Array(58).fill(12.5), ...Array.from({ length: 29 }, (_, i) => Number(i === 3))];
  const root = await write('cofw', {
    'phis_test.txt': `${line.map((value) => value.toExponential(18)).join(' ')}\n`,
    'images_test/000.png': photo,
  });
  const [sample] = await all(LAYOUTS.cofw(root));
  const hidden = listOf(sample!.labels.visibility);
  expect(hidden.indexOf(1)).toBe(3);
  expect(hidden.reduce((a, b) => a + b)).toBe(1);
  await write('cofw', { 'images_test/001.png': photo });
  await expect(all(LAYOUTS.cofw(root))).rejects.toThrow('1 faces, but 2 pictures');
});

it.each([
  ['fairface', 'fairface_label_val.csv', 'file,age,gender,race\n../x.jpg,3-9,Male,White\n', 'a file name'],
  [
    'fairface',
    'fairface_label_val.csv',
    'file,age,gender,race\nx.jpg,3-9,Male,constructor\n',
    'the race must',
  ],
  ['raf-db', 'EmoLabel/list_patition_label.txt', 'test_/../../x.jpg 5\n', 'a file name'],
  ['raf-db', 'EmoLabel/list_patition_label.txt', 'test_1.jpg 8\n', 'the label must'],
] as const)('%s refuses what its table says', async (layout, file, text, message) => {
  const root = await write(`bad-${layout}`, { [file]: text });
  await expect(all(LAYOUTS[layout](root))).rejects.toMatchObject({
    code: 'BAD_OPTION',
    message: expect.stringMatching(`${file} line [12].*${message}`),
  });
});

it('names the folder that is missing', async () => {
  for (const read of Object.values(LAYOUTS)) {
    await expect(all(read('/nowhere'))).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('/nowhere'),
    });
  }
});

it('LFW: the pairs that each photo belongs to, by fold', async () => {
  const pairs = ['2\t1', 'Ann_Lee\t1\t2', 'Ann_Lee\t1\tBo_Ek\t12', 'Bo_Ek\t1\t12', 'Ann_Lee\t2\tBo_Ek\t1'];
  const root = await write('lfw', { 'pairs.txt': pairs.join('\n') });
  const samples = await all(LAYOUTS.lfw(root));
  expect(samples.map(({ name }) => name)).toEqual([
    'Ann_Lee/Ann_Lee_0001.jpg',
    'Ann_Lee/Ann_Lee_0002.jpg',
    'Bo_Ek/Bo_Ek_0012.jpg',
    'Bo_Ek/Bo_Ek_0001.jpg',
  ]);
  expect(samples[2]!.labels.recognition).toEqual({
    pairs: [
      { id: '1', fold: 0, same: false },
      { id: '2', fold: 1, same: true },
    ],
  });
  for (const broken of ['Ann_Lee\t1', 'Ann_Lee\tone\ttwo', '../etc\t1\t2']) {
    const bad = await write('lfw-bad', { 'pairs.txt': `1\t1\n${broken}` });
    await expect(all(LAYOUTS.lfw(bad))).rejects.toThrow('pairs.txt line 2');
  }
});
