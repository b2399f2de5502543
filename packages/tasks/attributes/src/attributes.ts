import { defineTask, type Task } from '@facexformer/core';
import { finiteValues, knownLabels, mlpHead, multiLabelSchema, sigmoidOf } from '@facexformer/core/task';
import { learning } from './learning.js';
import { metrics } from './metrics.js';
import { vocabulary } from './vocabulary.js';

const { labels } = vocabulary;

/** CelebA's attributes under the dataset's own names. */
export type AttributeName = (typeof vocabulary.labels)[number];

/** Forty yes-or-no questions, answered independently. */
export interface Attributes {
  /** Sigmoid of each, 0..1; they do not sum to 1. */
  readonly probabilities: Readonly<Record<AttributeName, number>>;
  /** Those of at least 0.5, most probable first. */
  readonly present: readonly AttributeName[];
}

/** Attributes named on the card; the rest would crowd it. */
const SHOWN = 4;

function summarise(pairs: readonly (readonly [AttributeName, number])[]): Attributes {
  const present = pairs.filter(([, probability]) => probability >= 0.5).sort((a, b) => b[1] - a[1]);
  return {
    probabilities: Object.fromEntries(pairs) as Record<AttributeName, number>,
    present: present.map(([name]) => name),
  };
}

/** Facial attributes. Raw output: logits [40]. The labels are opinions of CelebA's annotators, "Attractive" above all. */
export const attributes = (): Task<'attributes', Attributes> =>
  defineTask({
    name: 'attributes',
    tokens: 1,
    vocabulary,
    head: (context) => mlpHead(context, labels.length),
    decode(raw, { vocabulary }): Attributes {
      const names = knownLabels('attributes', vocabulary, labels);
      const values = finiteValues('attributes', raw, [names.length]);
      return summarise(names.map((name, i) => [name, sigmoidOf(values[i]!)]));
    },
    schema: multiLabelSchema(labels),
    learning,
    smooth: {
      unit: 'probability',
      read: ({ probabilities }) => labels.map((name) => probabilities[name]),
      write: ({ probabilities }, values) => {
        const smoothed = new Map(labels.map((name, i) => [name, values[i]!]));
        const names = Object.keys(probabilities) as readonly AttributeName[];
        return summarise(names.map((name) => [name, smoothed.get(name)!]));
      },
    },
    draw: ({ present }) =>
      present.slice(0, SHOWN).map((name, i) => ({
        kind: 'label',
        ...(i === 0 ? { caption: 'attributes' } : {}),
        text: name.replaceAll('_', ' ').toLowerCase(),
      })),
    metrics,
  });
