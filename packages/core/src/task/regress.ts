import { ANY_TEXT, checkOptions, kind, listOf, oneOf } from '../base/arguments.js';
import { isRecord } from '../base/record.js';
import { finiteValues, knownLabels } from './decode.js';
import { jointHead } from './heads.js';
import { NUMBER, recordSchema } from './json-schema.js';
import { judgeRegression } from './judge-regression.js';
import { checkLabels, type Labels, unknownLabel } from './labels.js';
import { defineTask, type Task, TOKENS } from './task.js';

/** A number for each label, in the task's unit. */
export type Regression<Label extends string = string> = Readonly<Record<Label, number>>;

/** Choices of {@link regress}. */
export interface RegressOptions<Label extends string> {
  /** The values that are usual; the network works on -1..1 and may go beyond. */
  readonly range: readonly [low: number, high: number];
  /** Stands behind drawn values; `°` also smooths them as angles. */
  readonly unit?: string;
  /** Labels whose sign turns when a photo is mirrored, such as a yaw. */
  readonly mirrored?: readonly Label[];
  /** Several tokens may look at several places; 1 by default. */
  readonly tokens?: number;
}

const RANGE = kind(
  'two numbers, the lower first',
  (value) =>
    Array.isArray(value) && value.length === 2 && value.every(Number.isFinite) && value[0] < value[1],
);

/**
 * A whole task that estimates numbers: an MLP head with a value per label. It learns from numbers, or from objects of
 * label and number.
 *
 * ```ts
 * const gaze = regress('gaze', { id: 'gaze@1', labels: ['yaw', 'pitch'] }, { range: [-60, 60], unit: '°' });
 * ```
 * @throws {FaceXFormerError} `BAD_OPTION`.
 */
export function regress<const Name extends string, const Label extends string>(
  name: Name,
  vocabulary: Labels<Label>,
  options: RegressOptions<NoInfer<Label>>,
): Task<Name, Regression<Label>> {
  checkLabels(name, vocabulary, 1);
  const { labels } = vocabulary;
  const kinds = { range: RANGE, unit: ANY_TEXT, mirrored: listOf(oneOf(...labels)), tokens: TOKENS };
  checkOptions('regress', options, kinds, ['range']);
  const { range, unit = '', mirrored = [], tokens = 1 } = options;
  const [low, high] = range;
  const [middle, half] = [(low + high) / 2, (high - low) / 2];
  const toResult = (names: readonly Label[], values: readonly number[]): Regression<Label> =>
    Object.fromEntries(names.map((label, i) => [label, values[i]!])) as Record<Label, number>;
  return defineTask({
    name,
    tokens,
    vocabulary,
    recipe: { maker: 'regress', range, unit, mirrored },
    head: (context) => jointHead(context, labels.length),
    decode(raw, context) {
      const names = knownLabels(name, context.vocabulary, labels);
      return toResult(
        names,
        Array.from(finiteValues(name, raw, [names.length]), (x) => middle + half * x),
      );
    },
    schema: recordSchema(labels, NUMBER),
    learning: {
      loss: 'absolute',
      encode: (label) => numbersOf(name, label, labels).map((value) => (value - middle) / half),
      transform: (label, view) =>
        view.mirrored
          ? toResult(
              labels,
              numbersOf(name, label, labels).map((value, i) =>
                mirrored.includes(labels[i]!) ? -value : value,
              ),
            )
          : label,
      score: (raw, target) =>
        Object.fromEntries(
          labels.map((label, i) => [`error.${label}`, Math.abs(raw[i]! - target[i]!) * half]),
        ),
    },
    metrics: judgeRegression(
      name,
      labels,
      (label) => numbersOf(name, label, labels),
      unit === '°' ? 'degrees' : 'number',
    ),
    ...(unit === '°' && {
      smooth: {
        unit: 'degree' as const,
        read: (result: Regression<Label>) => labels.map((label: Label) => result[label]),
        write: (_: Regression<Label>, values: readonly number[]) => toResult(labels, values),
      },
    }),
    draw: (result) => [
      {
        kind: 'label',
        caption: name,
        text: labels
          .map((label: Label) => `${labels.length > 1 ? `${label} ` : ''}${short(result[label])}${unit}`)
          .join(', '),
      },
    ],
  });
}

function numbersOf(task: string, label: unknown, labels: readonly string[]): readonly number[] {
  const list = isRecord(label) ? labels.map((name) => label[name]) : Array.isArray(label) ? label : [label];
  const numbers = list.map((value) => (value === '' || value === null ? Number.NaN : Number(value)));
  if (numbers.length !== labels.length || !numbers.every(Number.isFinite)) {
    throw unknownLabel(task, label, `it needs a number for ${labels.join(', ')}`);
  }
  return numbers;
}

/** Three significant digits are enough to read. */
const short = (value: number): number => Number(value.toPrecision(3));
