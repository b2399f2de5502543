import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { LAYOUTS, photosOfTable, readFaces } from '@facexformer/data';
import { tarOf } from '@facexformer/test-utils/tar-of';
import { facePoints } from '@facexformer/test-utils/tiny-faces';
import { readTar } from '../../../packages/data/src/archive/tar.ts';
import { CELEBA_ATTRIBUTES } from '../../../packages/data/src/conventions/celeba-attributes.ts';
import { mutateBytes, mutateJsonText } from '../mutate.ts';
import { choose, type Random } from '../random.ts';
import { type Target, target } from '../target.ts';

/** Runs `work` in a folder of its own with these files. */
async function inFolder(
  files: Readonly<Record<string, string | Uint8Array>>,
  work: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(process.cwd(), 'data-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function drain(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items);
}

const photo = Buffer.from('not decoded here');
const shard = tarOf({ 'a.png': photo, 'b.png': photo, 'm.png': photo });
const RECORD = {
  image: 'a.png',
  shard: 'train-000.tar',
  mask: 'm.png',
  width: 48,
  height: 48,
  box: [1, 2, 30, 40],
  points: facePoints(48),
  pose: { yaw: 5, pitch: -3, roll: 0 },
  age: 31,
  gender: 0,
  race: 2,
  attributes: new Array(40).fill(0),
};
const POINTS = {
  image: 'a.png',
  box: [1, 2, 30, 40],
  points: facePoints(48),
  pose: { yaw: 1, pitch: 2, roll: 3 },
};

const lines = (random: Random, record: object): string =>
  [JSON.stringify(record), mutateJsonText(random, record)].join(choose(random, ['\n', '\r\n', '']));

/** Files that the public data sets bring, by layout; pictures are opened by nobody here. */
const LAYOUT_FILES = {
  celeba: {
    'list_attr_celeba.txt': `1\n${CELEBA_ATTRIBUTES.join(' ')}\n1.jpg ${'1 '.repeat(40)}`,
    'list_eval_partition.txt': '1.jpg 2\n',
    'img_align_celeba/1.jpg': photo,
  },
  fairface: {
    'fairface_label_val.csv': 'file,age,gender,race,service_test\nval/1.jpg,20-29,Male,White,True\n',
  },
  'raf-db': {
    'EmoLabel/list_patition_label.txt': 'test_0001.jpg 5\n',
    'Image/aligned/test_0001_aligned.jpg': photo,
  },
  utkface: { '21_0_2_20170101000000000.jpg': photo },
  '300w': {
    'helen/testset/1.pts': `version: 1\nn_points: 68\n{\n${'1 2\n'.repeat(68)}}\n`,
    'helen/testset/1.jpg': photo,
    'lfpw/testset/about.txt': '',
    'ibug/about.txt': '',
  },
  biwi: { '01/frame_00003_pose.txt': '1 0 0\n0 1 0\n0 0 1\n\n1 2 3\n', '01/frame_00003_rgb.png': photo },
} as const;

/** Readers of labelled data. */
export const DATA: readonly Target[] = [
  target('tar', 'a shard', () => {
    const seeds = [shard, tarOf({ [`${'d/'.repeat(60)}long.png`]: photo })];
    return {
      input: (random) => mutateBytes(random, seeds, ['ustar\x0000', '77777777777']),
      attempt: (bytes) => readTar(bytes, 't'),
    };
  }),
  target('faces', 'a set of faces: records, teachers, shards plain and gzipped', () => ({
    input: (random) => ({
      'utkface/train.jsonl': lines(random, RECORD),
      'utkface/points.jsonl': lines(random, POINTS),
      'utkface/train-000.tar': mutateBytes(random, [shard, shard, gzipSync(shard)]),
    }),
    attempt: (files) =>
      inFolder(files, async (folder) => {
        for (const set of await readFaces(folder, 'train', { inferred: true })) await drain(set.samples());
      }),
  })),
  target('table', 'a table of photos, CSV or JSON Lines', () => {
    const row = { image: 'a.png', label: 'yes', split: 'val', box: '1 2 3 4' };
    const csv = Buffer.from('image,label,split,box\na.png,"y ""e"" s",val,1 2 3 4\n');
    return {
      input: (random) => ({
        'a.png': photo,
        't.csv': mutateBytes(random, [csv], ['"', ',', '\n', '../', '\0']),
        't.jsonl': lines(random, row),
      }),
      attempt: (files) =>
        inFolder(files, async (folder) => {
          await drain(photosOfTable(join(folder, 't.jsonl')));
          await drain(photosOfTable(join(folder, 't.csv')));
        }),
    };
  }),
  ...(Object.keys(LAYOUT_FILES) as (keyof typeof LAYOUT_FILES)[]).map((layout) =>
    target(`layout-${layout}`, `the published layout of ${layout}`, () => ({
      input: (random) => {
        const files: Record<string, string | Uint8Array> = { ...LAYOUT_FILES[layout] };
        const name = choose(random, Object.keys(files));
        files[name] = mutateBytes(
          random,
          [Buffer.from(files[name]!)],
          ['../', '-1', 'NaN', '1e999', '\n', ' '],
        );
        return files;
      },
      attempt: (files) => inFolder(files, (folder) => drain(LAYOUTS[layout](folder))),
    })),
  ),
];
