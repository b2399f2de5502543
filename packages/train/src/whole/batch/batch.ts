import type { Point, Tensor } from '@facexformer/core';
import { sizeOf } from '@facexformer/core/graph';
import { type Normalization, photoToUnit, type ViewTransform } from '@facexformer/core/image';
import { checkMask, type FaceOutline, UNKNOWN_CLASS } from '@facexformer/core/task';
import { jitterColor } from '../augment/color.js';
import { type Occlusion, paintOccluder } from '../augment/occlude.js';
import { viewPixels } from '../augment/pixels.js';
import { CENTRED, randomPlacement, viewOf } from '../augment/placement.js';
import { replaceSurroundings } from '../augment/surroundings.js';
import { feedShapes, type Learner, type StepPlan, weightName } from '../plan/plan.js';
import type { Face } from '../tiles/tiles.js';

/** The feeds of one step; tensors are filled row by row with {@link fillRow}. */
export type Batch = Readonly<Record<string, Tensor>>;

/** How a face is augmented. */
export interface Augmentation {
  readonly draw: () => number;
  /** How far, 0 (mirrored only) to 1. */
  readonly strength: number;
  /** A face whose hair and surroundings may replace those of this one. */
  readonly other?: Face | undefined;
}

/** Feeds full of zeros: no row has a label yet. */
export function emptyBatch(plan: StepPlan): Batch {
  const feeds = Object.entries(feedShapes(plan)).map(([name, dims]): [string, Tensor] => {
    return [name, { dims, data: new Float32Array(sizeOf(dims)) }];
  });
  return Object.fromEntries(feeds);
}

/** Share of training faces that something is painted over. */
const OCCLUDED = 0.3;
/** Share of training faces that lose their surroundings where an answer is to be read from the face alone. */
const FACE_ONLY = 0.8;
/** Share of these that get another face's surroundings; the others get none. */
const REPLACED = 0.7;
/** Share of a class target given to the other classes. */
const SMOOTHING = 0.05;

/** Writes one face into row `row`: augmented at random, or without `augmentation` as it is at inference. */
export function fillRow(
  batch: Batch,
  row: number,
  face: Face,
  plan: StepPlan,
  augmentation?: Augmentation,
): void {
  const size = plan.model.input.width;
  const { draw, strength, other } = augmentation ?? { strength: 1 };
  const placement = draw ? randomPlacement(draw, strength) : CENTRED;
  const learners = plan.learners.filter(({ rows }) => row < rows);
  const view = viewOf(placement, face.side, size);
  const pixels = viewPixels(face.pixels, view);
  const labels = labelsIn(view, face, learners);

  const outline = draw && needsFaceAlone(learners, labels) ? outlineIn(view, learners, labels) : undefined;
  const faceOnly = draw && outline && draw() < FACE_ONLY * strength;
  if (faceOnly) {
    const chosen = other && draw() < REPLACED ? other : undefined;
    const around = chosen && viewPixels(chosen.pixels, viewOf(placement, chosen.side, size));
    replaceSurroundings(pixels, outline, size, draw, around);
  }
  if (draw) jitterColor(pixels, size, draw, strength);
  const occlusion = draw && draw() < OCCLUDED * strength ? paintOccluder(pixels, size, draw) : undefined;
  if (occlusion) hideMasks(learners, labels, occlusion);

  normalizeRow(pixels, plan.model.normalization, batch.image!.data, row);
  const crop = { x: 0, y: 0, width: size, height: size };
  const covered = (place: Point): boolean => occlusion?.covers(photoToUnit(place, crop)) ?? false;
  for (const { task, learning, vocabulary, raw } of learners) {
    if (faceOnly && learning.evidence === 'surroundings') continue; // the evidence is hidden
    const label = labels[task.name] ?? learning.derive?.({ labels, covered });
    if (label === undefined) continue;
    const target = learning.encode(label, { crop, raw, vocabulary, classes: [] });
    const put = learning.loss === 'crossEntropy' ? smoothed(target) : target;
    batch[task.name]!.data.set(put, row * target.length);
    batch[weightName(task.name)]!.data[row] = face.weights[task.name] ?? 1;
  }
}

/** Labels of the learners by task, as they are in the view. */
export const labelsIn = (
  view: ViewTransform,
  { labels }: Face,
  learners: readonly Learner[],
): Record<string, unknown> =>
  Object.fromEntries(
    learners.flatMap(({ task: { name }, learning }) =>
      labels[name] === undefined ? [] : [[name, learning.transform?.(labels[name], view) ?? labels[name]]],
    ),
  );

type Labels = Readonly<Record<string, unknown>>;

const needsFaceAlone = (learners: readonly Learner[], labels: Labels): boolean =>
  learners.some(({ task, learning }) => learning.evidence === 'face' && labels[task.name] !== undefined);

/** The outline in -1..1 of the view, where some label tells it. */
function outlineIn(
  { view }: ViewTransform,
  learners: readonly Learner[],
  labels: Labels,
): FaceOutline | undefined {
  const place = (point: Point): Point => photoToUnit(point, { x: 0, y: 0, ...view });
  for (const { task, learning } of learners) {
    if (!learning.outline || labels[task.name] === undefined) continue;
    const { jaw, brows, chin, bridge } = learning.outline(labels[task.name]);
    return { jaw: jaw.map(place), brows: brows.map(place), chin: place(chin), bridge: place(bridge) };
  }
  return undefined;
}

/** Makes the classes of painted pixels unknown, in place. */
function hideMasks(learners: readonly Learner[], labels: Labels, { painted }: Occlusion): void {
  for (const { task, learning } of learners) {
    if (!learning.dense || labels[task.name] === undefined) continue;
    const { data } = checkMask(task.name, labels[task.name]);
    for (const i of painted) data[i] = UNKNOWN_CLASS;
  }
}

/** Planes [3, size, size] of 0..255 to the network's input. */
function normalizeRow(
  pixels: Float32Array,
  { mean, std }: Normalization,
  image: Float32Array,
  row: number,
): void {
  const plane = pixels.length / 3;
  for (let c = 0; c < 3; c += 1) {
    const [scale, shift] = [1 / (255 * std[c]!), mean[c]! / std[c]!];
    const start = row * pixels.length;
    for (let i = c * plane; i < (c + 1) * plane; i += 1) image[start + i] = pixels[i]! * scale - shift;
  }
}

/** A class target with a little of it shared out among all classes. */
export const smoothed = (target: ArrayLike<number>): readonly number[] =>
  Array.from(target, (share) => (1 - SMOOTHING) * share + SMOOTHING / target.length);
