import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FaceXFormerError, type RunOptions, type Task, throwIfAborted } from '@facexformer/core';
import { checkMask, UNKNOWN_CLASS } from '@facexformer/core/task';
import {
  decodeLabels,
  decodePhoto,
  type FaceSet,
  type Frame,
  frameOf,
  type PictureReader,
  readSet,
  type Sample,
} from '@facexformer/data';
import { lockFile, writeFile } from '@facexformer/files';
import { cutTile, TILE_MARGIN, tileView } from './tile.js';
import { readTileIndex, TILE_VERSION, type TileIndex, type TileLabels } from './tile-index.js';

/** Which split of which set becomes tiles, and for which tasks. */
export interface PrepareOptions extends RunOptions {
  /** A folder of sets, as the README of @facexformer/data describes it. */
  readonly faces: string;
  /** Folder of the tiles. */
  readonly cache: string;
  readonly set: string;
  readonly split: string;
  readonly tasks: readonly Task[];
  /** Decodes the pictures. */
  readonly runtime: PictureReader;
}

/** Largest side of a tile in pixels. */
const LARGEST_SIDE = 160;

/**
 * Decodes one split of a set into equal tiles with one framing. A finished cache is left as it is; faces that cannot be
 * located, or of which no task knows a label, are left out. A set has no tiles of a split that it lacks, but must be there
 * to train on.
 * @throws {FaceXFormerError} `NOT_FOUND` for a set without the split `train`, `BAD_OPTION` for a line that is not as the
 * format says, `BAD_IMAGE`, `LOCKED` while another process prepares it, `WRITE_FAILED`, `ABORTED`.
 */
export async function prepareSet(options: PrepareOptions): Promise<void> {
  const { faces, cache, set: name, split, signal } = options;
  const base = join(cache, `${name}-${split}`);
  const tasks = options.tasks.filter(({ learning }) => learning);
  const known = await readTileIndex(base);
  if (known && tasks.every((task) => known.tasks.includes(task.name))) return;
  const found = await readSet(faces, name, split, { inferred: true });
  if (!found && split === 'train') {
    throw new FaceXFormerError('NOT_FOUND', `${faces} has no set "${name}" with a file ${split}.jsonl`);
  }
  const set = found ?? { name, count: 0, async *samples() {} };
  const { side, masks } = await survey(set);
  const dense = tasks.filter((task) => task.learning!.dense && masks.has(task.name)).map((task) => task.name);
  const kept: TileLabels[] = [];
  await using _ = await lockFile(base);
  async function* tiles(): AsyncGenerator<Uint8Array> {
    for await (const sample of set.samples()) {
      throwIfAborted(signal);
      const frame = shown(sample);
      if (!frame) continue;
      const { pixels, labels } = await tileOf(sample, frame, side, { ...options, tasks });
      if (Object.keys(labels).length === 0) continue;
      yield pixels;
      for (const task of dense) {
        const known = labels[task] !== undefined;
        yield known ? checkMask(task, labels[task]).data : new Uint8Array(side * side).fill(UNKNOWN_CLASS);
        if (known) labels[task] = true;
      }
      kept.push({ image: sample.name, labels, weights: sample.weights ?? {} });
    }
  }
  await rm(`${base}.json`, { force: true }); // knows nothing of the new tiles
  await writeFile(`${base}.bin`, tiles());
  const index: TileIndex = {
    version: TILE_VERSION,
    tasks: tasks.map((task) => task.name),
    side,
    dense,
    faces: kept,
  };
  await writeFile(`${base}.json`, JSON.stringify(index, inSinglePrecision));
}

/** The part of a photo that becomes a tile; undefined where nothing tells where the face is. */
function shown(sample: Sample): Frame | undefined {
  const frame = frameOf(sample);
  return frame && { ...frame, side: frame.side * TILE_MARGIN };
}

/** As many pixels as half of the faces have, and the tasks of which some have masks. */
async function survey(set: FaceSet): Promise<{ readonly side: number; readonly masks: ReadonlySet<string> }> {
  const sides: number[] = [];
  const masks = new Set<string>();
  for await (const sample of set.samples()) {
    const frame = shown(sample);
    if (frame) sides.push(frame.side);
    for (const task of Object.keys(sample.masks ?? {})) masks.add(task);
  }
  const median = sides.sort((a, b) => a - b)[Math.floor(sides.length / 2)] ?? LARGEST_SIDE;
  return { side: Math.min(Math.ceil(median), LARGEST_SIDE), masks };
}

/** A photo's tile, [side, side, 3], and the labels of the tasks as they are in it. */
async function tileOf(
  sample: Sample,
  frame: Frame,
  side: number,
  { tasks, runtime }: Pick<PrepareOptions, 'tasks' | 'runtime'>,
): Promise<{ readonly pixels: Uint8Array; readonly labels: Record<string, unknown> }> {
  const [photo, known] = await Promise.all([decodePhoto(sample, runtime), decodeLabels(sample, runtime)]);
  const view = tileView(photo, frame, side);
  const labels: Record<string, unknown> = {};
  for (const { name, learning } of tasks) {
    if (known[name] !== undefined) labels[name] = learning?.transform?.(known[name], view) ?? known[name];
  }
  return { pixels: cutTile(photo, frame, side), labels };
}

/** Seven digits of a number are enough, and take half the space. */
const inSinglePrecision = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(7)) : value;
