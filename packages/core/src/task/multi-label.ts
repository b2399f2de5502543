import { checkOptions, kind } from '../base/arguments.js';
import { isRecord } from '../base/record.js';
import { finiteValues, knownLabels, sigmoidOf } from './decode.js';
import { jointHead } from './heads.js';
import {
  type JsonSchema,
  labelSchema,
  listSchema,
  objectSchema,
  PROBABILITY,
  recordSchema,
} from './json-schema.js';
import { judgeMultiLabel } from './judge-multi-label.js';
import { checkLabels, type Labels, unknownLabel } from './labels.js';
import { defineTask, type Task, TOKENS } from './task.js';

/** Several yes-or-no questions, answered independently. */
export interface MultiLabel<Label extends string = string> {
  /** Sigmoid of each, 0..1; they do not sum to 1. */
  readonly probabilities: Readonly<Record<Label, number>>;
  /** Those that reach the task's threshold, most probable first. */
  readonly present: readonly Label[];
}

/** The schema of a {@link MultiLabel}. */
export const multiLabelSchema = (labels: readonly string[]): JsonSchema =>
  objectSchema({
    probabilities: recordSchema(labels, PROBABILITY),
    present: listSchema(labelSchema(labels)),
  });

const SHARE = kind(
  'a number between 0 and 1',
  (value) => typeof value === 'number' && value > 0 && value < 1,
);

/** Labels on the card; more would crowd it. */
const SHOWN = 4;

/**
 * A whole task that says of each label whether it holds: an MLP head with a logit per label, sigmoid. It learns from
 * lists of the labels that hold, text with `|` between them, or objects of label and 0 or 1.
 * @param options.threshold probability from which a label counts as present; 0.5 by default
 * @param options.tokens several tokens may look at several places; 1 by default
 * @throws {FaceXFormerError} `BAD_OPTION`.
 */
export function multiLabel<const Name extends string, const Label extends string>(
  name: Name,
  vocabulary: Labels<Label>,
  options: { readonly threshold?: number; readonly tokens?: number } = {},
): Task<Name, MultiLabel<Label>> {
  checkLabels(name, vocabulary, 1);
  checkOptions('multiLabel', options, { threshold: SHARE, tokens: TOKENS });
  const { threshold = 0.5, tokens = 1 } = options;
  const { labels } = vocabulary;
  const summarise = (names: readonly Label[], values: readonly number[]): MultiLabel<Label> => {
    const pairs = names.map((label, i) => [label, values[i]!] as const);
    const present = pairs.filter(([, value]) => value >= threshold).sort((a, b) => b[1] - a[1]);
    return {
      probabilities: Object.fromEntries(pairs) as Record<Label, number>,
      present: present.map(([label]) => label),
    };
  };
  return defineTask({
    name,
    tokens,
    vocabulary,
    recipe: { maker: 'multiLabel', threshold },
    head: (context) => jointHead(context, labels.length),
    decode(raw, context) {
      const names = knownLabels(name, context.vocabulary, labels);
      return summarise(names, Array.from(finiteValues(name, raw, [names.length]), sigmoidOf));
    },
    schema: multiLabelSchema(labels),
    learning: { loss: 'binaryCrossEntropy', encode: (label) => encode(name, label, labels) },
    metrics: judgeMultiLabel(name, labels, (label) => encode(name, label, labels)),
    smooth: {
      unit: 'probability',
      read: ({ probabilities }) => labels.map((label: Label) => probabilities[label]),
      write: (_, values) => summarise(labels, values),
    },
    draw: ({ present }) =>
      present.slice(0, SHOWN).map((label, i) => ({
        kind: 'label',
        ...(i === 0 && { caption: name }),
        text: label,
      })),
  });
}

function encode(task: string, label: unknown, labels: readonly string[]): readonly number[] {
  const expected = `a list of ${labels.join(', ')}`;
  if (isRecord(label)) {
    return labels.map((name) => {
      const value = Number(label[name]);
      if (value !== 0 && value !== 1) throw unknownLabel(task, label, `"${name}" must be 0 or 1`);
      return value;
    });
  }
  const list = typeof label === 'string' ? label.split('|').filter((name) => name !== '') : label;
  if (!Array.isArray(list) || !list.every((name) => labels.includes(name)))
    throw unknownLabel(task, label, expected);
  return labels.map((name) => Number(list.includes(name)));
}
