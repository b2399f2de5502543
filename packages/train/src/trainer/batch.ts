import type { Tensor } from '@facexformer/core';
import { jitterColor } from '../augment/color.js';
import { placePoints, placePose } from '../augment/labels.js';
import { hiddenPoints, paintOccluder } from '../augment/occlude.js';
import { viewMask, viewPixels } from '../augment/pixels.js';
import { CENTRED, randomPlacement } from '../augment/placement.js';
import { replaceSurroundings } from '../augment/surroundings.js';
import type { Face } from '../data/tiles.js';
import { PARSING_CLASSES, type StepShape, targetShapes } from '../step/targets.js';

/** How pixels become the network's input. */
export interface Normalization {
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/** The feeds of one step; tensors are filled row by row with {@link fillRow}. */
export type Batch = Readonly<Record<string, Tensor>>;

/** Feeds full of zeros: no row has a label yet. */
export function emptyBatch(shape: StepShape): Batch {
  const feeds = Object.entries(targetShapes(shape)).map(([name, dims]): [string, Tensor] => {
    return [name, { dims, data: new Float32Array(dims.reduce((product, dim) => product * dim, 1)) }];
  });
  return Object.fromEntries(feeds);
}

/** Share of training faces that something is painted over. */
const OCCLUDED = 0.3;
/** Share of training faces with a gender that lose their surroundings: long hair must not stand for women. */
const FACE_ONLY = 0.8;
/** Share of these that get another face's surroundings; the others get none. */
const LENT = 0.7;
/** Share of a class target given to the other classes. */
const SMOOTHING = 0.05;

/**
 * Writes one face into row `row`. With `draw` it is augmented at random, as far as `strength` says (0 mirrors only);
 * without it is shown as at inference. `lender` may lend it hair and surroundings.
 * Rows below `shape.masks` take the mask.
 */
export function fillRow(
  batch: Batch,
  row: number,
  face: Face,
  shape: StepShape,
  { mean, std }: Normalization,
  draw?: () => number,
  strength = 1,
  lender?: Face,
): void {
  const { size } = shape;
  const { labels, side } = face;
  const placement = draw ? randomPlacement(draw, strength) : CENTRED;
  const view = viewPixels(face.pixels, side, placement, size);
  const masked = row < shape.masks && face.mask !== undefined;
  const mask = masked ? viewMask(face.mask!, side, placement, size) : undefined;
  const points = labels.points && placePoints(labels.points, placement);
  const faceOnly = draw && points && labels.gender !== undefined && draw() < FACE_ONLY * strength;
  if (faceOnly) {
    const lent = lender && draw() < LENT;
    const other = lent ? viewPixels(lender.pixels, lender.side, placement, size) : undefined;
    replaceSurroundings(view, points, size, draw, other);
  }
  if (draw) jitterColor(view, size, draw, strength);
  const occluder = draw && draw() < OCCLUDED * strength ? paintOccluder(view, mask, size, draw) : undefined;
  const plane = size * size;
  const image = batch.image!.data.subarray(row * 3 * plane, (row + 1) * 3 * plane);
  for (let c = 0; c < 3; c += 1) {
    const [scale, shift] = [1 / (255 * std[c]!), mean[c]! / std[c]!];
    for (let i = c * plane; i < (c + 1) * plane; i += 1) image[i] = view[i]! * scale - shift;
  }
  const put = (name: string, values: ArrayLike<number>, weight: number): void => {
    batch[name]!.data.set(values, row * values.length);
    batch[`${name}Weight`]!.data[row] = weight;
  };
  const hot = (count: number, index: number): number[] =>
    Array.from({ length: count }, (_, i) => (i === index ? 1 - SMOOTHING : 0) + SMOOTHING / count);
  if (points) {
    put('landmarks', points, labels.pointsWeight ?? 1);
    put('visibility', hiddenPoints(points, occluder), 1);
  }
  if (labels.pose) put('headPose', placePose(labels.pose, placement), labels.poseWeight ?? 1);
  // Hair, hat, necklace: what is hidden is not asked for.
  if (labels.attributes && !faceOnly) put('attributes', labels.attributes, 1);
  if (labels.age !== undefined) {
    put('age', softBins(labels.age, shape.ageCentres), 1);
    batch.ageYears!.data[row] = labels.age;
  }
  if (labels.gender !== undefined) put('gender', hot(2, labels.gender), 1);
  if (labels.race !== undefined) put('race', hot(5, labels.race), 1);
  if (labels.expression !== undefined) put('expression', hot(7, labels.expression), 1);
  if (mask) {
    const classes = batch.parsing!.data;
    const start = row * PARSING_CLASSES * plane;
    for (let i = 0; i < plane; i += 1) {
      if (mask[i]! < PARSING_CLASSES) classes[start + mask[i]! * plane + i] = 1;
    }
  }
}

/** Shares an age between the two bins whose centres lie around it. */
function softBins(years: number, centres: readonly number[]): number[] {
  const bins = centres.map(() => 0);
  const above = centres.findIndex((centre) => centre >= years);
  if (above <= 0) {
    bins[above === 0 ? 0 : centres.length - 1] = 1;
    return bins;
  }
  const share = (years - centres[above - 1]!) / (centres[above]! - centres[above - 1]!);
  bins[above] = share;
  bins[above - 1] = 1 - share;
  return bins;
}
