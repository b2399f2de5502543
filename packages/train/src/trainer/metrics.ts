import type { Tensor } from '@facexformer/core';
import { argmaxOf } from '@facexformer/core/task';
import { PARSING_CLASSES, type StepShape } from '../step/targets.js';
import type { Batch } from './batch.js';

/** Running sums of the validation metrics of all tasks. */
export interface Metrics {
  /** Takes in one batch; rows without a label are skipped. */
  add(outputs: Readonly<Record<string, Tensor>>, batch: Batch, rows: number): void;
  /** Metric by name, those that had faces. */
  summary(): Readonly<Record<string, number>>;
}

const rowOf = ({ data, dims }: Tensor, row: number): Float32Array => {
  const width = dims.slice(1).reduce((product, dim) => product * dim, 1);
  return data.subarray(row * width, (row + 1) * width);
};

const DEGREES = 180 / Math.PI;

/** Metrics by simple protocols on the cached tiles, to follow a run; package `eval` measures for real. */
export function createMetrics(shape: StepShape): Metrics {
  const sums = new Map<string, [number, number]>();
  const count = (name: string, value: number): void => {
    const [sum, n] = sums.get(name) ?? [0, 0];
    sums.set(name, [sum + value, n + 1]);
  };
  const overlap = new Float64Array(PARSING_CLASSES);
  const sizes = new Float64Array(PARSING_CLASSES);
  const attributes = Array.from({ length: 40 }, () => [0, 0, 0, 0]); // right and all negatives, positives

  const addMask = (logits: Float32Array, target: Float32Array): void => {
    const plane = logits.length / PARSING_CLASSES;
    for (let i = 0; i < plane; i += 1) {
      let [best, truth] = [0, -1];
      for (let c = 0; c < PARSING_CLASSES; c += 1) {
        if (logits[c * plane + i]! > logits[best * plane + i]!) best = c;
        if (target[c * plane + i] === 1) truth = c;
      }
      if (truth < 0) continue;
      sizes[best]! += 1;
      sizes[truth]! += 1;
      if (best === truth) overlap[truth]! += 2;
    }
  };

  return {
    add(outputs, batch, rows) {
      for (let row = 0; row < rows; row += 1) {
        const labelled = (name: string): boolean => batch[`${name}Weight`]!.data[row]! >= 1;
        const pair = (name: string): [Float32Array, Float32Array] => [
          rowOf(outputs[name]!, row),
          rowOf(batch[name]!, row),
        ];
        if (labelled('landmarks')) count('landmarks.nme', nme(...pair('landmarks')));
        if (labelled('headPose')) {
          const [x, target] = pair('headPose');
          ['pitch', 'yaw', 'roll'].forEach((axis, i) => {
            count(`headPose.${axis}`, Math.abs(x[i]! - target[i]!) * DEGREES);
          });
        }
        if (labelled('age'))
          count(
            'age.mae',
            Math.abs(expectedAge(pair('age')[0], shape.ageCentres) - batch.ageYears!.data[row]!),
          );
        for (const name of ['gender', 'race', 'expression']) {
          if (!labelled(name)) continue;
          const [x, target] = pair(name);
          count(`${name}.accuracy`, Number(argmaxOf(x) === argmaxOf(target)));
        }
        if (labelled('attributes')) {
          const [x, target] = pair('attributes');
          target.forEach((truth, i) => {
            const tally = attributes[i]!;
            tally[2 * truth + 1]! += 1;
            if (x[i]! > 0 === truth > 0) tally[2 * truth]! += 1;
          });
        }
        if (row < shape.masks) addMask(...pair('parsing'));
      }
    },
    summary() {
      const means = [...sums].map(([name, [sum, n]]) => [name, sum / n]);
      const classes = [...overlap].flatMap((value, c) => (c > 0 && sizes[c]! > 0 ? [value / sizes[c]!] : []));
      const tallies = attributes.filter(([, negatives, , positives]) => negatives! > 0 && positives! > 0);
      const mean = (values: readonly number[]): number =>
        values.reduce((sum, x) => sum + x, 0) / values.length;
      return {
        ...Object.fromEntries(means),
        ...(classes.length > 0 && { 'parsing.f1': mean(classes) }),
        ...(tallies.length > 0 && {
          'attributes.accuracy': mean(tallies.map(([a, b, c, d]) => (a! + c!) / (b! + d!))),
          'attributes.balanced': mean(tallies.map(([a, b, c, d]) => (a! / b! + c! / d!) / 2)),
        }),
      };
    },
  };
}

/** Mean distance over the distance of the outer eye corners. */
function nme(x: Float32Array, target: Float32Array): number {
  const apart = (i: number): number =>
    Math.hypot(x[2 * i]! - target[2 * i]!, x[2 * i + 1]! - target[2 * i + 1]!);
  const eyes = Math.hypot(target[90]! - target[72]!, target[91]! - target[73]!);
  return Array.from({ length: 68 }, (_, i) => apart(i)).reduce((sum, value) => sum + value, 0) / 68 / eyes;
}

function expectedAge(logits: Float32Array, centres: readonly number[]): number {
  const top = Math.max(...logits);
  const powers = Array.from(logits, (value) => Math.exp(value - top));
  const total = powers.reduce((sum, value) => sum + value, 0);
  return powers.reduce((sum, value, i) => sum + value * centres[i]!, 0) / total;
}
