import { dirname, extname, resolve } from 'node:path';
import type { Box, MaskLabel, Runtime } from '@facexformer/core';
import { demand, RUNTIME, TEXT } from '@facexformer/core/arguments';
import { isRecord, kindOf } from '@facexformer/core/formats';
import { refuse } from '../reading/errors.js';
import { parseLines } from '../reading/lines.js';
import { readWhole } from '../reading/read-whole.js';
import { parseCsv } from './csv.js';
import { isSplit, type LabelledPhoto, readPhoto } from './photo.js';

/**
 * Photos and labels of a table: `.csv` with names in the first line, or `.jsonl` with an object a line. `image` is a
 * path beside the table; `label` the label, or else all other columns together; `mask` instead is the path of a mask
 * whose grey values are classes. `split` (`train`, `val`, `test`) and `box` (`x y width height` in photo pixels) are
 * optional.
 * @param runtime decodes masks
 * @throws {FaceXFormerError} `NOT_FOUND`, `BAD_OPTION` naming the line.
 */
export async function* photosOfTable(
  path: string,
  runtime?: Runtime<Uint8Array>,
): AsyncGenerator<LabelledPhoto, void, undefined> {
  demand(path, { ...TEXT, words: 'the path of a table' }, 'photosOfTable: path');
  if (runtime !== undefined) demand(runtime, RUNTIME, 'photosOfTable: runtime');
  const text = String(await readWhole(path, `the table ${path}`));
  const rows = extname(path).toLowerCase() === '.csv' ? parseCsv(text, path) : parseLines(text, path);
  const folder = dirname(path);
  for (const { fields, where } of rows) {
    const { image, label, mask, split, box, ...others } = fields;
    if (typeof image !== 'string' || image === '') refuse(where, 'there is no "image"');
    const hasSplit = split !== undefined && split !== '';
    if (hasSplit && !isSplit(split))
      refuse(where, `"split" must be train, val or test, not ${kindOf(split)}`);
    const place = box === undefined || box === '' ? {} : { box: boxOf(box, where) };
    yield {
      ...(await readPhoto(resolve(folder, image))),
      label:
        typeof mask === 'string' && mask !== ''
          ? await readMask(resolve(folder, mask), runtime, where)
          : (label ?? others),
      ...place,
      ...(hasSplit && { split }),
    };
  }
}

function boxOf(box: unknown, where: string): Box {
  const list = typeof box === 'string' ? box.match(/[^\s,;]+/g)?.map(Number) : box;
  const numbers: readonly unknown[] = Array.isArray(list) ? list : isRecord(list) ? Object.values(list) : [];
  if (numbers.length !== 4 || !numbers.every(Number.isFinite))
    refuse(where, '"box" must be four numbers, x, y, width and height');
  const [x, y, width, height] = numbers as [number, number, number, number];
  return { x, y, width, height };
}

async function readMask(
  path: string,
  runtime: Runtime<Uint8Array> | undefined,
  where: string,
): Promise<MaskLabel> {
  if (!runtime) refuse(where, 'there is a mask: give photosOfTable a runtime to decode it');
  const image = await readWhole(path, `the mask ${path}`);
  const { width, height, data } = await runtime.decode(image);
  return { width, height, data: Uint8Array.from({ length: width * height }, (_, i) => data[3 * i]!) };
}
