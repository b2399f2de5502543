import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { tarOf } from './tar-of.ts';

/** A picture of one colour. */
export const plain = (width: number, height: number, background: string): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();

/** An 8-bit grey picture of these values. */
export const grey = (width: number, height: number, values: ArrayLike<number>): Promise<Buffer> =>
  sharp(Buffer.from(Uint8Array.from(values)), { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer();

/** Points of a face in a square of `side` pixels. */
export const facePoints = (side: number): readonly number[] =>
  Array.from({ length: 68 }, (_, i) => [
    side * (0.5 + 0.3 * Math.cos(i)),
    side * (0.5 + 0.3 * Math.sin(i)),
  ]).flat();

/** A folder of three sets, two faces each; the third is gzipped. */
export async function writeTinyFaces(folder: string, split: string): Promise<void> {
  const side = 48;
  const photos = await Promise.all(['#c96', '#69c'].map((color) => plain(side, side, color)));
  const mask = await grey(
    side,
    side,
    Array.from({ length: side * side }, (_, i) => i % 19),
  );
  const write = async (set: string, shard: string, lines: readonly object[], extra = {}): Promise<void> => {
    await mkdir(join(folder, set), { recursive: true });
    const tar = tarOf({ 'a.png': photos[0]!, 'b.png': photos[1]!, ...extra });
    await writeFile(join(folder, set, shard), shard.endsWith('.gz') ? gzipSync(tar) : tar);
    const text = lines.map((labels, i) =>
      JSON.stringify({ image: `${'ab'[i]}.png`, shard, width: side, height: side, ...labels }),
    );
    await writeFile(join(folder, set, `${split}.jsonl`), `${text.join('\n')}\n`);
  };
  await write('utkface', `${split}-000.tar`, [
    { age: 31, gender: 0, race: 2 },
    { age: 70, gender: 1, race: 0 },
  ]);
  await write(
    'celebamask',
    `${split}-000.tar`,
    [{ mask: 'm.png', points: facePoints(side), pose: { yaw: 5, pitch: -3, roll: 0 } }, { mask: 'm.png' }],
    { 'm.png': mask },
  );
  await write('ferplus', `${split}-000.tar.gz`, [{ expression: 1 }, { expression: 6 }]);
}
