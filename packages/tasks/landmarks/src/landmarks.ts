import { defineTask, type Point, type Shape, type Task } from '@facexformer/core';
import { unitToPhoto } from '@facexformer/core/image';
import { finiteValues, listSchema, mlpHead, objectSchema, POINT } from '@facexformer/core/task';
import { CLOSED, LANDMARK_GROUPS, type LandmarkGroup } from './groups.js';
import { learning } from './learning.js';
import { metrics } from './metrics.js';
import { vocabulary } from './vocabulary.js';

/** 68 facial landmarks in photo pixels; a point may lie outside the photo. */
export interface Landmarks {
  /** In iBUG order: jaw from the image's left to its right, brows, nose, eyes, lips. */
  readonly points: readonly Point[];
  /** The same points by part of the face; sides are sides of the image. */
  readonly groups: Readonly<Record<LandmarkGroup, readonly Point[]>>;
}

const COUNT = 68;
const groupNames = Object.keys(LANDMARK_GROUPS) as readonly LandmarkGroup[];

const sizeOfGroup = (name: LandmarkGroup): number => LANDMARK_GROUPS[name][1] - LANDMARK_GROUPS[name][0];

function grouped(points: readonly Point[]): Landmarks {
  const groups = groupNames.map((name) => [name, points.slice(...LANDMARK_GROUPS[name])]);
  return { points, groups: Object.fromEntries(groups) as Landmarks['groups'] };
}

/** Facial landmarks. Raw output: x0, y0, x1, y1, ... [136], -1..1 over the crop (`align_corners=false`). */
export const landmarks = (): Task<'landmarks', Landmarks> =>
  defineTask({
    name: 'landmarks',
    tokens: 1,
    vocabulary,
    head: (context) => mlpHead(context, 2 * COUNT),
    decode(raw, { crop }): Landmarks {
      const values = finiteValues('landmarks', raw, [2 * COUNT]);
      const points = Array.from({ length: COUNT }, (_, i) =>
        unitToPhoto({ x: values[2 * i]!, y: values[2 * i + 1]! }, crop),
      );
      return grouped(points);
    },
    schema: objectSchema({
      points: listSchema(POINT, COUNT),
      groups: objectSchema(
        Object.fromEntries(groupNames.map((name) => [name, listSchema(POINT, sizeOfGroup(name))])),
      ),
    }),
    learning,
    smooth: {
      unit: 'pixel',
      read: ({ points }) => points.flatMap(({ x, y }) => [x, y]),
      write: ({ points }, values) =>
        grouped(points.map((_, i) => ({ x: values[2 * i]!, y: values[2 * i + 1]! }))),
    },
    anchors: ({ points }) => points,
    draw: ({ points, groups }): readonly Shape[] => [
      ...groupNames.map(
        (name): Shape => ({
          kind: 'line',
          points: groups[name],
          color: '#ffffff',
          closed: CLOSED.has(name),
          width: 0.7,
        }),
      ),
      { kind: 'points', points, color: '#00e5ff' },
    ],
    metrics,
  });
