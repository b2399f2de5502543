import { defineTask, type Task } from '@facexformer/core';
import {
  finiteValues,
  knownLabels,
  labelSchema,
  listSchema,
  mlpHead,
  objectSchema,
  PROBABILITY,
  percent,
  sigmoidOf,
} from '@facexformer/core/task';
import { learning } from './learning.js';
import { metrics } from './metrics.js';
import { vocabulary } from './vocabulary.js';

const { labels } = vocabulary;

/** COFW's points; left and right are those of the image. */
export type VisibilityPointName = (typeof vocabulary.labels)[number];

/** One of the 29 points. They are other points than the 68 landmarks, and have no coordinates. */
export interface VisibilityPoint {
  readonly name: VisibilityPointName;
  /** Sigmoid, 0..1: 1 is hidden behind something, 0 is in plain view. */
  readonly occludedProbability: number;
  /** At least 0.5. */
  readonly occluded: boolean;
}

/** What of the face is hidden. */
export interface Visibility {
  readonly points: readonly VisibilityPoint[];
  /** Share of the points that are not occluded, 0..1. */
  readonly visibleShare: number;
}

function summarise(pairs: readonly (readonly [VisibilityPointName, number])[]): Visibility {
  const points = pairs.map(
    ([name, occludedProbability]): VisibilityPoint => ({
      name,
      occludedProbability,
      occluded: occludedProbability >= 0.5,
    }),
  );
  const visible = points.filter(({ occluded }) => !occluded).length;
  return { points, visibleShare: visible / points.length };
}

/** Occlusion of face points. Raw output: logits of being *occluded*, [29]. */
export const visibility = (): Task<'visibility', Visibility> =>
  defineTask({
    name: 'visibility',
    tokens: 1,
    vocabulary,
    head: (context) => mlpHead(context, labels.length),
    decode(raw, { vocabulary }): Visibility {
      const names = knownLabels('visibility', vocabulary, labels);
      const values = finiteValues('visibility', raw, [names.length]);
      return summarise(names.map((name, i) => [name, sigmoidOf(values[i]!)]));
    },
    schema: objectSchema({
      points: listSchema(
        objectSchema({
          name: labelSchema(labels),
          occludedProbability: PROBABILITY,
          occluded: { type: 'boolean' },
        }),
        labels.length,
      ),
      visibleShare: PROBABILITY,
    }),
    learning,
    smooth: {
      unit: 'probability',
      read: ({ points }) => points.map(({ occludedProbability }) => occludedProbability),
      write: ({ points }, values) => summarise(points.map(({ name }, i) => [name, values[i]!])),
    },
    draw: ({ visibleShare }) => [{ kind: 'label', caption: 'visible', text: percent(visibleShare) }],
    metrics,
  });
