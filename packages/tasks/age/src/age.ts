import { defineTask, type Task } from '@facexformer/core';
import {
  argmaxOf,
  finiteValues,
  listSchema,
  mlpHead,
  NUMBER,
  objectSchema,
  PROBABILITY,
  softmaxOf,
  TEXT,
} from '@facexformer/core/task';
import { ageBinCentres } from './bins.js';
import { learning } from './learning.js';
import { metrics } from './metrics.js';
import { vocabulary } from './vocabulary.js';

/** One bin of the age head. */
export interface AgeBin {
  /** Such as `20-29`, or `31` where the model's bins are single years. */
  readonly label: string;
  /** The age that it stands for. */
  readonly years: number;
  /** Softmax, 0..1; all bins sum to 1. */
  readonly probability: number;
}

/** Apparent age. */
export interface Age {
  /**
   * An estimate: the mean of the bins' ages weighted by their probabilities. With the official model's decades it
   * cannot fall below 4.5 or exceed 75.
   */
  readonly years: number;
  /** The most probable bin. */
  readonly label: string;
  readonly probability: number;
  readonly bins: readonly AgeBin[];
}

function summarise(bins: readonly AgeBin[]): Age {
  const { label, probability } = bins[argmaxOf(bins.map((bin) => bin.probability))]!;
  const years = bins.reduce((sum, bin) => sum + bin.years * bin.probability, 0);
  return { years, label, probability, bins };
}

/** How old a face looks. Raw output: logits of the bins that the checkpoint's vocabulary lists, [8] decades by default. */
export const age = (): Task<'age', Age> =>
  defineTask({
    name: 'age',
    tokens: 1,
    vocabulary,
    head: (context) => mlpHead(context, ageBinCentres(context.vocabulary).length),
    decode(raw, context): Age {
      const centres = ageBinCentres(context.vocabulary);
      const probabilities = softmaxOf(finiteValues('age', raw, [centres.length]));
      return summarise(
        centres.map((years, i) => ({
          label: context.vocabulary.labels[i]!,
          years,
          probability: probabilities[i]!,
        })),
      );
    },
    schema: objectSchema({
      years: NUMBER,
      label: TEXT,
      probability: PROBABILITY,
      bins: listSchema(objectSchema({ label: TEXT, years: NUMBER, probability: PROBABILITY })),
    }),
    learning,
    smooth: {
      unit: 'probability',
      read: ({ bins }) => bins.map(({ probability }) => probability),
      write: ({ bins }, values) => summarise(bins.map((bin, i) => ({ ...bin, probability: values[i]! }))),
    },
    draw: ({ years }) => [{ kind: 'label', caption: 'age', text: `about ${Math.round(years)} years` }],
    metrics,
  });
