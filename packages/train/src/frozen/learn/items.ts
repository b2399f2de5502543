import { FaceXFormerError, type Task, type Tensor } from '@facexformer/core';
import { sizeOf } from '@facexformer/core/graph';
import { mirrorImage } from '@facexformer/core/image';
import type { Sample } from '../features/collect.js';
import type { FeatureLayout } from '../features/layout.js';
import type { Views } from '../features/views.js';
import { learningOf } from './task-graphs.js';

/** A photo that is ready to be learnt from. */
export interface Item {
  readonly sample: Sample;
  /** Of the photo, then of its mirror image. */
  readonly targets: readonly Float32Array[];
  /** Class of the photo; 0 where there are none. */
  readonly stratum: number;
}

/** One photo of a batch. */
export interface Pick {
  readonly item: Item;
  readonly mirrored: boolean;
}

/**
 * Turns labels into targets.
 * @throws {FaceXFormerError} `BAD_OPTION` naming the photo whose label the task does not know.
 */
export function prepareItems(
  task: Task,
  samples: readonly Sample[],
  shapes: { readonly raw: readonly number[]; readonly target: readonly number[] },
  flip: boolean,
): readonly Item[] {
  const learning = learningOf(task);
  const { vocabulary } = task;
  const { raw } = shapes;
  const classes = [...new Set(samples.map(({ label }) => String(label)))].sort();
  const size = sizeOf(shapes.target);
  const encode = ({ name }: Sample, label: unknown, crop: Sample['crop']): Float32Array => {
    const target = Float32Array.from(learning.encode(label, { crop, raw, vocabulary, classes }));
    if (target.length === size && target.every(Number.isFinite)) return target;
    throw new FaceXFormerError(
      'BAD_OPTION',
      `task "${task.name}" makes of ${name} a target of ${target.length} numbers, not ${size} finite ones`,
    );
  };
  return samples.map((sample) => {
    const { label, crop, photo, name } = sample;
    try {
      const target = encode(sample, label, crop);
      const { roll } = crop;
      const x = photo.width - crop.x - crop.width;
      const opposite = { ...crop, x, ...(roll !== undefined && { roll: -roll }) };
      const other = learning.transform?.(label, mirrorImage(photo)) ?? label;
      const mirrored = flip ? [encode(sample, other, opposite)] : [];
      const stratum = learning.loss === 'crossEntropy' ? target.indexOf(Math.max(...target)) : 0;
      return { sample, targets: [target, ...mirrored], stratum };
    } catch (cause) {
      if (!FaceXFormerError.isInstance(cause)) throw cause;
      throw new FaceXFormerError(cause.code, `${name}: ${cause.message}`, { cause, details: { name } });
    }
  });
}

/** Feeds of the forward graph: features and targets. */
export async function loadBatch(
  picks: readonly Pick[],
  layout: FeatureLayout,
  views: Views,
  targetDims: readonly number[],
): Promise<Readonly<Record<string, Tensor>>> {
  const batch = picks.length;
  const feeds = Object.fromEntries(
    layout.parts.map(({ name, dims, size }) => [
      name,
      { dims: [batch, ...dims], data: new Float32Array(batch * size) },
    ]),
  );
  const targetSize = sizeOf(targetDims);
  const target = { dims: [batch, ...targetDims], data: new Float32Array(batch * targetSize) };
  await Promise.all(
    picks.map(async ({ item, mirrored }, row) => {
      const view = await views(item.sample, mirrored);
      let at = 0;
      for (const { name, size } of layout.parts) {
        feeds[name]!.data.set(view.subarray(at, at + size), row * size);
        at += size;
      }
      target.data.set(item.targets[mirrored ? 1 : 0]!, row * targetSize);
    }),
  );
  return { ...feeds, target };
}
