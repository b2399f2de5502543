import type { Point } from '@facexformer/core';
import { mirrorImage } from '@facexformer/core/image';
import type { FaceOutline } from '@facexformer/core/task';
import type { Learner } from '../../packages/train/src/whole/plan/plan.js';

/**
 * What a random view of a tile does to a task's target, in numbers that `targets.py` knows how to use:
 * `fixed` nothing; `points` and `mask` move with the picture, and change their places or classes in a mirrored one;
 * `pose` is turned and mirrored, then encoded by a matrix [axis of the target, yaw pitch roll in degrees]; `covered` is
 * whether a place is painted over, each place the mean of points that a matrix [place, point] tells.
 */
export type Move =
  | { readonly kind: 'fixed' }
  | { readonly kind: 'points'; readonly mirrored: readonly number[]; readonly outline: OutlineIndices }
  | { readonly kind: 'mask'; readonly mirrored: readonly number[] }
  | { readonly kind: 'pose'; readonly encode: readonly (readonly number[])[] }
  | { readonly kind: 'covered'; readonly places: readonly (readonly number[])[] };

/** Which of the points the parts of a {@link FaceOutline} are. */
interface OutlineIndices {
  readonly jaw: readonly number[];
  readonly brows: readonly number[];
  readonly chin: number;
  readonly bridge: number;
}

/** Learns what a task does to its labels by asking it: no task is known by name. */
export function moveOf(learner: Learner, learners: readonly Learner[]): Move {
  const { task, learning, raw } = learner;
  if (learning.dense) return { kind: 'mask', mirrored: mirroredClasses(learner) };
  if (learning.outline)
    return { kind: 'points', mirrored: mirroredPoints(learner), outline: outline(learner) };
  if (learning.derive) return { kind: 'covered', places: coveredPlaces(learner, learners) };
  if (!learning.transform) return { kind: 'fixed' };
  if (raw.length === 1 && raw[0] === AXES.length) return { kind: 'pose', encode: poseMatrix(learner) };
  throw new Error(`task "${task.name}" moves its labels in a way that training/gpu does not know`);
}

/** Numbers of a label of points. */
const pointNumbers = ({ raw: [count] }: Learner): number => count! / 2;

function mirroredPoints(learner: Learner): readonly number[] {
  const count = pointNumbers(learner);
  const label = Array.from({ length: 2 * count }, (_, i) => Math.floor(i / 2));
  const moved = learner.learning.transform!(label, mirrorImage({ width: count, height: count }));
  return (moved as readonly number[]).filter((_, i) => i % 2 === 1); // y stays
}

function outline(learner: Learner): OutlineIndices {
  const label = Array.from({ length: 2 * pointNumbers(learner) }, (_, i) => Math.floor(i / 2));
  const { jaw, brows, chin, bridge }: FaceOutline = learner.learning.outline!(label);
  const index = ({ x }: Point): number => x;
  return { jaw: jaw.map(index), brows: brows.map(index), chin: chin.x, bridge: bridge.x };
}

function mirroredClasses({ learning, raw: [classes] }: Learner): readonly number[] {
  return Array.from({ length: classes! }, (_, value) => {
    const mask = { width: 1, height: 1, data: Uint8Array.of(value) };
    const moved = learning.transform!(mask, mirrorImage({ width: 1, height: 1 }));
    return (moved as typeof mask).data[0]!;
  });
}

const AXES = ['yaw', 'pitch', 'roll'] as const;

function poseMatrix({ learning, raw, vocabulary }: Learner): readonly (readonly number[])[] {
  const context = { crop: { x: 0, y: 0, width: 1, height: 1 }, raw, vocabulary, classes: [] };
  const columns = AXES.map((axis) => learning.encode({ yaw: 0, pitch: 0, roll: 0, [axis]: 1 }, context));
  return AXES.map((_, row) => columns.map((column) => column[row]!));
}

/** Each place follows from the points in a linear way, so unit points tell the matrix. */
function coveredPlaces({ learning }: Learner, learners: readonly Learner[]): readonly (readonly number[])[] {
  const points = learners.find((other) => other.learning.outline);
  if (!points) return [];
  const columns = Array.from({ length: pointNumbers(points) }, (_, i) => {
    const label = Array.from({ length: 2 * pointNumbers(points) }, (_, at) => Number(at === 2 * i));
    const column: number[] = [];
    learning.derive!({
      labels: { [points.task.name]: label },
      covered: ({ x }) => {
        column.push(x);
        return false;
      },
    });
    return column;
  });
  return columns[0]!.map((_, place) => columns.map((column) => column[place]!));
}
